package dev.drover.node.beneath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.node.beneath.Destination.Beneath;
import dev.drover.node.beneath.Destination.Outside;
import dev.drover.node.driver.TaskFolders;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DestinationTest {

    private static final TaskFolders FOLDERS =
            new TaskFolders(Path.of("/data/alloc/1/web"), Path.of("/data/alloc/1/alloc"));

    private static final Map<String, String> ON_THE_HOST =
            Map.of(
                    "NOMAD_TASK_DIR",
                    "/data/alloc/1/web/local",
                    "NOMAD_SECRETS_DIR",
                    "/data/alloc/1/web/secrets",
                    "NOMAD_ALLOC_DIR",
                    "/data/alloc/1/alloc");

    private static final Map<String, String> IN_A_JAIL =
            Map.of(
                    "NOMAD_TASK_DIR",
                    "/local",
                    "NOMAD_SECRETS_DIR",
                    "/secrets",
                    "NOMAD_ALLOC_DIR",
                    "/alloc");

    @Test
    void every_path_is_one_beneath_the_tasks_folder() {
        assertThat(place("local/x")).isEqualTo(home("local/x"));
        assertThat(place("/usr/local/bin")).isEqualTo(home("usr/local/bin"));
        assertThat(place("/local/conf/")).isEqualTo(home("local/conf"));
        assertThat(place(".")).isEqualTo(home(""));
        assertThat(place("./tmp/")).isEqualTo(home("tmp"));
        assertThat(place("local/../x")).isEqualTo(home("x"));
    }

    @Test
    void the_tasks_names_of_its_folders_lead_there() {
        assertThat(place("/data/alloc/1/web/local/ca.pem")).isEqualTo(home("local/ca.pem"));
        assertThat(place("/data/alloc/1/web/local/../rootfs")).isEqualTo(home("rootfs"));
        assertThat(place("/data/alloc/1/alloc/data"))
                .isEqualTo(new Beneath(FOLDERS.shared(), Path.of("data")));
        assertThat(place("../alloc/page.html"))
                .isEqualTo(new Beneath(FOLDERS.shared(), Path.of("page.html")));
        assertThat(place("secrets/key")).isEqualTo(new Beneath(FOLDERS.secrets(), Path.of("key")));
        assertThat(Destination.of("/alloc/data", FOLDERS, IN_A_JAIL))
                .isEqualTo(new Beneath(FOLDERS.shared(), Path.of("data")));
        assertThat(Destination.of("/local/x", FOLDERS, IN_A_JAIL)).isEqualTo(home("local/x"));
    }

    @Test
    void what_leaves_the_tasks_folder_is_outside() {
        for (String path :
                List.of(
                        "..",
                        "../x",
                        "local/../../x",
                        "/../../etc/passwd",
                        "../alloc/../../2/web",
                        "../allocx",
                        "/data/alloc/1/alloc/../../2",
                        "a\0b",
                        "x".repeat(5000))) {
            assertThat(place(path)).as(path).isInstanceOf(Outside.class);
        }
    }

    @Test
    void no_generated_path_leaves_the_tasks_folders() {
        Random random = new Random(20261124);
        List<String> parts =
                List.of(
                        "..",
                        ".",
                        "",
                        "a",
                        "alloc",
                        "local",
                        "secrets",
                        "…",
                        "\\",
                        "..\\",
                        "%2e%2e",
                        "~",
                        "-x",
                        "${x}",
                        "/data/alloc/1",
                        "/");
        for (int i = 0; i < 20_000; i++) {
            StringBuilder path = new StringBuilder(random.nextBoolean() ? "/" : "");
            for (int n = random.nextInt(8); n >= 0; n--) {
                path.append(parts.get(random.nextInt(parts.size()))).append('/');
            }
            if (place(path.toString()) instanceof Beneath(Path root, Path relative)) {
                assertThat(root.resolve(relative).normalize())
                        .as(path.toString())
                        .matches(p ->
                                p.startsWith(FOLDERS.home()) || p.startsWith(FOLDERS.shared()));
            }
        }
    }

    private static Destination place(String path) {
        return Destination.of(path, FOLDERS, ON_THE_HOST);
    }

    private static Beneath home(String relative) {
        return new Beneath(FOLDERS.home(), Path.of(relative));
    }
}
