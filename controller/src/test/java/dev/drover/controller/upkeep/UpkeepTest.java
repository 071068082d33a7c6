package dev.drover.controller.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import dev.drover.controller.cli.Cli;
import dev.drover.controller.cli.Commands;
import dev.drover.controller.cli.Out;
import dev.drover.controller.cli.Session;
import dev.drover.controller.server.Server;
import dev.drover.controller.server.ServerConfig;
import dev.drover.controller.testing.Http;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class UpkeepTest {
    private static final String VARIABLES = "/apis/drover.dev/v1/namespaces/default/variables";

    @TempDir Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void a_backup_of_a_running_server_becomes_a_server_of_its_own() throws Exception {
        Path file = folder.resolve("drover.backup");
        try (Server server = start("old")) {
            write(server, "one");
            assertThat(type(server, "store", "backup", file.toString())).isZero();
            write(server, "two");
        }

        assertThat(said()).contains("drover.backup holds cluster").contains("all sums right");
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(offline("store", "restore", file.toString(), "--data-dir", data("new")))
                .isZero();
        assertThat(offline("store", "check", "--data-dir", data("new"))).isZero();
        assertThat(said()).contains("everything is as it was written");
        try (Server server = start("new")) {
            assertThat(new Http(server.port()).read(VARIABLES + "/app").body()).contains("one");
            assertThat(type(server, "get", "var", "app", "--at", "2")).isEqualTo(1);
            assertThat(complained()).contains("that revision is forgotten");
        }
    }

    @Test
    void a_backup_that_fails_leaves_what_was_there() throws Exception {
        Path file = folder.resolve("drover.backup");
        Files.writeString(file, "the last good one");
        Server ended = start("old");
        ended.close();

        assertThat(type(ended, "store", "backup", file.toString())).isEqualTo(1);

        assertThat(file).hasContent("the last good one");
        assertThat(folder.resolve("drover.backup.unfinished")).doesNotExist();
    }

    @Test
    void a_folder_in_use_is_neither_checked_nor_overwritten() throws Exception {
        Path file = folder.resolve("drover.backup");
        try (Server server = start("old")) {
            assertThat(type(server, "store", "backup", file.toString())).isZero();
            assertThat(offline("store", "check", "--data-dir", data("old"))).isEqualTo(1);
            assertThat(complained()).contains("is in use by process");
        }
        assertThat(offline("store", "restore", file.toString(), "--data-dir", data("old")))
                .isEqualTo(1);
        assertThat(complained()).contains("is not empty").contains("name a new folder");
    }

    @Test
    void a_backup_that_finds_no_room_says_where() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("small"));
        assumeThat(mounted("mount", "-t", "tmpfs", "-o", "size=4k", "none", disk.toString()))
                .isTrue();
        try (Server server = start("old")) {
            assertThat(type(server, "store", "backup", disk.resolve("a").toString())).isEqualTo(1);

            assertThat(complained())
                    .contains("the backup could not be written to " + disk)
                    .contains("No space left on device")
                    .contains("name a file on another disk");
            assertThat(disk).isEmptyDirectory();
        } finally {
            assertThat(mounted("umount", disk.toString())).isTrue();
        }
    }

    /// What is full there is not the disk of who asks.
    @Test
    void a_server_that_cannot_make_a_copy_says_so_itself() throws Exception {
        try (Server server = start("old")) {
            Files.writeString(folder.resolve("old/store/copies"), "in the way");

            assertThat(type(server, "store", "backup", folder.resolve("b").toString()))
                    .isEqualTo(1);

            assertThat(complained())
                    .contains("cannot copy the store to " + folder.resolve("old/store/copies"))
                    .doesNotContain("could not be written");
        }
    }

    @Test
    void a_server_that_goes_away_in_the_middle_is_no_fault_of_the_disk() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, 100);
                    exchange.getResponseBody().write('P');
                    exchange.getResponseBody().flush();
                    exchange.close();
                });
        server.start();
        try {
            var there = Map.of("DROVER_ADDR", "127.0.0.1:" + server.getAddress().getPort());

            assertThat(run(there, "store", "backup", folder.resolve("b").toString())).isEqualTo(1);

            assertThat(complained())
                    .contains("the answer ended before it was whole")
                    .doesNotContain("make room");
            assertThat(folder).isEmptyDirectory();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_restore_that_is_refused_leaves_nothing() throws Exception {
        Path file = Files.writeString(folder.resolve("no.backup"), "something else");
        Path used = Files.createDirectory(folder.resolve("used"));
        Files.writeString(used.resolve("mine"), "");

        assertThat(offline("store", "restore", file.toString(), "--data-dir", data("new")))
                .isEqualTo(1);
        assertThat(offline("store", "restore", file.toString(), "--data-dir", data("used")))
                .isEqualTo(1);

        assertThat(complained()).contains("is damaged or no backup").contains("it holds mine");
        assertThat(folder.resolve("new")).doesNotExist();
        assertThat(used).isDirectoryNotContaining("glob:**/lock");
    }

    @Test
    void damage_is_named_with_what_to_do() throws Exception {
        try (Server server = start("old")) {
            for (int i = 0; i < 50; i++) {
                write(server, "value-" + i);
            }
        }
        start("old").close(); // moves the log's content into tables
        Path table = largestTable();
        byte[] bytes = Files.readAllBytes(table);
        bytes[bytes.length / 3] ^= 0x10;
        Files.write(table, bytes);

        assertThat(offline("store", "check", "--data-dir", data("old"))).isEqualTo(1);

        assertThat(said()).contains(table.toString());
        assertThat(complained()).contains("are damaged").contains("drover store restore FILE");
    }

    @Test
    void the_past_of_a_resource_is_shown_without_its_secrets() throws Exception {
        try (Server server = start("old")) {
            write(server, "first-secret");
            write(server, "second-secret");
            assertThat(type(server, "history", "var", "app")).isZero();
            assertThat(type(server, "history", "/variables/default/app", "-o", "json")).isZero();
            assertThat(type(server, "history", "/variables/app")).isEqualTo(1);
        }

        assertThat(complained()).contains("write /KIND/NAMESPACE/NAME");
        String table = said().substring(0, said().indexOf('{'));
        assertThat(table)
                .contains(", modified")
                .contains("~ spec.items.password = <hidden>")
                .contains(", added")
                .doesNotContain("secret");
    }

    @Test
    void compaction_and_its_numbers() throws Exception {
        try (Server server = start("old")) {
            write(server, "one");
            write(server, "two");
            assertThat(type(server, "store", "compact")).isZero();
            assertThat(said()).contains("Nothing more is forgotten");
            assertThat(type(server, "store", "compact", "--at", "3")).isZero();
            assertThat(said()).contains("What was before revision 3 is forgotten");
            assertThat(type(server, "store", "compact", "--at", "4711")).isEqualTo(1);
            assertThat(complained()).contains("cannot compact at 4711");
            assertThat(type(server, "store", "stats")).isZero();
            assertThat(said()).containsPattern("Kept Since +=  ?3");
        }
    }

    private Server start(String name) throws Exception {
        return Server.start(
                ServerConfig.of(
                        InetSocketAddress.createUnresolved("127.0.0.1", 0), Path.of(data(name))));
    }

    private String data(String name) {
        return folder.resolve(name).toString();
    }

    private static boolean mounted(String... command) throws Exception {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    private Path largestTable() throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("old/store"))) {
            return files.filter(f -> f.toString().endsWith(".sst"))
                    .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void write(Server server, String secret) throws Exception {
        String variable =
                """
                {"apiVersion": "drover.dev/v1", "kind": "Variable", "metadata": {"name": "app"},
                 "spec": {"items": {"password": "%s"}}}
                """
                        .formatted(secret);
        assertThat(new Http(server.port()).send("PUT", VARIABLES + "/app", variable).statusCode())
                .isBetween(200, 201);
    }

    private int type(Server server, String... words) {
        return run(Map.of("DROVER_ADDR", "127.0.0.1:" + server.port()), words);
    }

    private int offline(String... words) {
        return run(Map.of(), words);
    }

    private int run(Map<String, String> environment, String... words) {
        var session = new Session(new Out(out, err, false), environment, InstantSource.system());
        return new Cli(List.of(new Commands(), new Upkeep())).run(Arrays.asList(words), session);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
