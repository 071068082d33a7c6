package dev.drover.controller.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.controller.client.Scripted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

class CliTest {
    private final Terminal terminal = Terminal.plain();

    static List<String> names() {
        return new Commands().names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_command_has_help_with_a_sentence_and_two_examples(String name) {
        var words = new ArrayList<>(Arrays.asList(name.split(" ")));
        words.add("--help");

        assertThat(terminal.type(words.toArray(String[]::new))).isZero();

        assertThat(terminal.out()).contains("Usage: drover " + name).contains("Examples:");
        assertThat(terminal.out().lines().filter(line -> line.startsWith("  drover ")))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    /// What throws anything else than it may ends this test.
    @ParameterizedTest
    @MethodSource("names")
    void a_command_without_its_words_says_what_is_missing(String name) {
        var nowhere = new Terminal(Map.of("DROVER_ADDR", "127.0.0.1:1"), false);

        int code = nowhere.type(name.split(" "));

        assertThat(code).isLessThanOrEqualTo(1);
        assertThat(nowhere.out() + nowhere.err()).isNotBlank();
    }

    @Test
    void a_server_that_ends_in_the_middle_of_its_answer_is_told_of() throws Exception {
        try (var server =
                new Scripted("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe")) {
            var cut = new Terminal(Map.of("DROVER_ADDR", server.address().toString()), false);

            assertThat(cut.type("status")).isEqualTo(1);

            assertThat(cut.err())
                    .contains("Error: the answer ended before it was whole")
                    .contains("why: the server closed the connection")
                    .contains("fix: ask again");
        }
    }

    @Test
    void a_server_that_is_killed_in_the_middle_of_its_answer_is_told_of_too() throws Exception {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + listener.getLocalPort();
            Thread killed = Thread.ofVirtual().start(() -> answerHalf(listener));
            var cut = new Terminal(Map.of("DROVER_ADDR", address), false);

            assertThat(cut.type("status")).isEqualTo(1);

            killed.join();
            assertThat(cut.err())
                    .contains("Error: the answer ended before it was whole")
                    .contains("why: Connection reset")
                    .contains("fix: ask again");
        }
    }

    /// What is unread when a process dies resets its connection.
    private static void answerHalf(ServerSocket listener) {
        try (Socket socket = listener.accept()) {
            socket.setSoLinger(true, 0);
            assertThat(socket.getInputStream().read(new byte[4_096])).isPositive();
            String half = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{";
            socket.getOutputStream().write(half.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void no_words_at_all_list_the_commands_and_fail() {
        assertThat(terminal.type()).isEqualTo(1);

        assertThat(terminal.out()).startsWith("Usage: drover <command>").contains("version  ");
    }

    @Test
    void help_lists_the_commands_and_help_with_a_name_shows_that_one() {
        assertThat(terminal.type("help")).isZero();
        assertThat(terminal.type("help", "version")).isZero();

        assertThat(terminal.out())
                .contains("Usage: drover <command>")
                .contains("Usage: drover version");
    }

    @Test
    void an_unknown_command_is_told_what_was_probably_meant() {
        assertThat(terminal.type("verison")).isEqualTo(1);

        assertThat(terminal.err())
                .isEqualTo(
                        """
                        Error: there is no command 'verison'
                          fix: did you mean `drover version`?
                        """);
    }

    /// Whoever comes from Nomad or kubectl types these; each answer is a command that exists.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "job inspect web",
                "var list",
                "rollout undo deployment/web",
                "cordon",
                "node purge n1",
                "server members"
            })
    void a_command_of_elsewhere_is_told_its_name_here(String typed) {
        assertThat(terminal.type(typed.split(" "))).isEqualTo(1);

        assertThat(terminal.err()).contains("fix: here it is `drover ");
        List<String> words = Arrays.asList(terminal.err().strip().split("`")[1].split(" "));
        assertThat(new Commands().names())
                .containsAnyOf(words.get(1), words.get(1) + " " + words.get(2));
    }

    @Test
    void an_unknown_option_is_refused_with_the_way_to_the_help() {
        assertThat(terminal.type("version", "--loud")).isEqualTo(1);

        assertThat(terminal.err())
                .isEqualTo(
                        """
                        Error: Unknown option: '--loud'
                          fix: `drover version --help` shows how it is used
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alloc status", "fs", "logs", "stop", "node status", "status"})
    void an_empty_word_is_refused_before_anybody_is_asked(String name) {
        var words = new ArrayList<>(Arrays.asList(name.split(" ")));
        words.add("");

        assertThat(terminal.type(words.toArray(String[]::new))).isEqualTo(1);

        assertThat(terminal.err())
                .contains(" is empty")
                .contains("--help")
                .doesNotContain("server");
    }

    @Test
    void nothing_is_deleted_by_its_kind_alone() {
        assertThat(terminal.type("delete", "job")).isEqualTo(1);

        assertThat(terminal.err()).contains("no Job is named").contains("drover delete job NAME");
    }

    @Test
    void long_options_may_have_one_dash_as_nomads_have() {
        var seen = new ArrayList<String>();
        var cli =
                new Cli(
                        List.of(
                                one(
                                        "try",
                                        invocation ->
                                                seen.add(
                                                        invocation.flag("--detach")
                                                                + " "
                                                                + invocation.text("--as").orElse("")
                                                                + " "
                                                                + invocation
                                                                        .parameter(0)
                                                                        .orElse("")))));

        cli.run(List.of("try", "-detach", "-as=x", "file"), session());
        cli.run(List.of("try", "-as", "y", "--", "-detach"), session());

        assertThat(seen).containsExactly("true x file", "false y -detach");
    }

    @Test
    void a_variables_value_is_one_word_and_the_file_is_the_next(@TempDir Path folder)
            throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("a.hcl"),
                        "variable \"x\" {}\nvariable \"y\" {}\nnamespace \"a\" {}\n");

        terminal.type("validate", "-var", "x=1", "--var", "y=2", file.toString());

        assertThat(terminal.out()).isEqualTo("valid: 1 resource\n");
    }

    @Test
    void a_file_that_declares_nothing_is_refused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.hcl"), "# to be written\n");

        assertThat(terminal.type("validate", file.toString())).isEqualTo(1);
        assertThat(terminal.err()).startsWith("Error: nothing is declared");
    }

    @Test
    void what_is_declared_in_two_files_is_warned_of(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.hcl"), "namespace \"a\" {}\n");
        Files.writeString(folder.resolve("b.hcl"), "\nnamespace \"a\" {}\n");
        Files.writeString(folder.resolve("c.hcl"), "namespace \"b\" {}\n");

        assertThat(terminal.type("validate", folder.toString())).isZero();
        assertThat(terminal.err())
                .contains("b.hcl:2:1 W1403 warning: namespace/a is declared at ", "a.hcl:1 as well")
                .containsOnlyOnce("W1403");
    }

    @Test
    void what_comes_in_is_read_once() {
        assertThat(terminal.type("validate", "-", "-f", "-")).isEqualTo(1);
        assertThat(terminal.err()).startsWith("Error: standard input is named twice");
    }

    @Test
    void a_file_that_cannot_be_read_says_why(@TempDir Path folder) throws IOException {
        Path loop = folder.resolve("a.hcl");
        Files.createSymbolicLink(loop, loop);

        assertThat(terminal.type("validate", loop.toString())).isEqualTo(1);
        assertThat(terminal.err()).startsWith("Error: cannot read " + loop + ": Too many levels");
        assertThat(ManifestFiles.reason(new AccessDeniedException("a.hcl")))
                .isEqualTo("permission denied");
    }

    @Test
    void nomads_form_holds_one_job_and_the_file_is_told_so(@TempDir Path folder)
            throws IOException {
        String two = "job \"a\" {\n}\njob \"b\" {\n}\n";
        Path file = Files.writeString(folder.resolve("two.hcl"), two);

        int code = terminal.type("convert", "--lines", file.toString());
        Terminal yaml = Terminal.plain();
        yaml.type("convert", "--to", "yaml", file.toString());

        assertThat(code).isEqualTo(1);
        assertThat(terminal.out())
                .contains("\"line\":3", "the file declares 2 jobs", "--to hcl, yaml and json");
        assertThat(yaml.out()).contains("name: a", "---", "name: b");
    }

    @Test
    void what_hcl_would_change_is_not_converted_to_it(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("a.yaml"),
                        """
                        apiVersion: drover.dev/v1
                        kind: Job
                        metadata: {name: a}
                        spec:
                          groups:
                            - name: g
                              tasks: [{name: t, driver: fake, env: {A: "e\u0301"}}]
                        """);
        Terminal terminal = Terminal.plain();

        int code = terminal.type("convert", "--to", "hcl", file.toString());

        assertThat(code).isEqualTo(1);
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err()).contains("a cannot be said in HCL", "e\u0301", "NFC");
        assertThat(Terminal.plain().type("convert", "--to", "json", file.toString())).isZero();
    }

    @Test
    void two_words_are_looked_up_before_one() {
        var seen = new ArrayList<String>();
        var cli =
                new Cli(
                        List.of(
                                one("node", _ -> seen.add("node")),
                                one("node status", _ -> seen.add("node status"))));

        cli.run(List.of("node", "status"), session());
        cli.run(List.of("node"), session());

        assertThat(seen).containsExactly("node status", "node");
    }

    /// Scripts that keep a list would keep half of one.
    @ParameterizedTest
    @CsvSource({"No space left on device, 1, could not be written", "Broken pipe, 0, ''"})
    void output_that_is_not_written_is_no_success_unless_nobody_wants_it(
            String why, int code, String said) {
        var err = new ByteArrayOutputStream();
        var full =
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException(why);
                    }
                };
        var session = new Session(new Out(full, err, false), Map.of(), InstantSource.system());

        int ended = new Cli(List.of(new Commands())).run(List.of("version"), session);

        assertThat(ended).isEqualTo(code);
        assertThat(err.toString(UTF_8)).contains(said.isEmpty() ? "" : why, said);
    }

    @Test
    void a_server_whose_name_nobody_knows_is_told_of_as_such() {
        Terminal terminal = new Terminal(Map.of("DROVER_ADDR", "no.such.invalid:4646"), false);

        assertThat(terminal.type("status")).isEqualTo(1);
        assertThat(terminal.err()).contains("there is no machine of the name no.such.invalid");
    }

    private static Session session() {
        var nowhere = OutputStream.nullOutputStream();
        return new Session(new Out(nowhere, nowhere, false), Map.of(), InstantSource.system());
    }

    private static CommandSource one(String name, Consumer<Invocation> action) {
        var command =
                new Command() {
                    @Override
                    public CommandSpec spec() {
                        return Options.command(name, "Tries.", List.of("drover try"))
                                .addOption(Options.flag("Leaves.", "--detach"))
                                .addOption(Options.text("WORD", "As.", "--as"))
                                .addPositional(Options.optional(0, "FILE", "A file."));
                    }

                    @Override
                    public int run(Invocation invocation) {
                        action.accept(invocation);
                        return 0;
                    }
                };
        return new CommandSource() {
            @Override
            public List<String> names() {
                return List.of(name);
            }

            @Override
            public Optional<Command> find(String words) {
                return words.equals(name) ? Optional.of(command) : Optional.empty();
            }
        };
    }
}
