package dev.drover.node.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With the real child process, and a repository that git itself made and serves.
final class GitFetchTest {
    @TempDir Path folders;
    @TempDir Path remote;

    private WebServer web;
    private GitServer git;
    private Path folder = Path.of("");

    @BeforeEach
    void serve() throws IOException {
        web = WebServer.start();
        git = new GitServer(remote, web);
    }

    @AfterEach
    void stop() {
        web.close();
    }

    private record Wish(
            String path, Mode mode, FetchPlan.Way.Git way, boolean loopback, FetchLimits limits) {
        Wish(Optional<String> ref, String folder) {
            this(
                    "/git/r.git",
                    Mode.ANY,
                    new FetchPlan.Way.Git(ref, folder, new TreeMap<>()),
                    true,
                    FetchLimits.USUAL);
        }

        Wish mode(Mode other) {
            return new Wish(path, other, way, loopback, limits);
        }

        Wish at(String otherPath) {
            return new Wish(otherPath, mode, way, loopback, limits);
        }

        Wish showing(Map<String, String> headers) {
            return new Wish(
                    path,
                    mode,
                    new FetchPlan.Way.Git(way.ref(), way.folder(), new TreeMap<>(headers)),
                    loopback,
                    limits);
        }

        Wish ofAnotherMachine() {
            return new Wish(path, mode, way, false, limits);
        }

        Wish bytes(long most) {
            return new Wish(
                    path,
                    mode,
                    way,
                    loopback,
                    new FetchLimits(most, 100, 200, Duration.ofMinutes(1), 1));
        }
    }

    private static Wish main() {
        return new Wish(Optional.empty(), "");
    }

    private static Wish ref(String name) {
        return new Wish(Optional.of(name), "");
    }

    /// Into a folder of its own, as everywhere.
    private void fetch(Wish wish) throws Exception {
        folder = Files.createTempDirectory(folders, "fetch");
        FetchPlan plan =
                new FetchPlan(
                        URI.create(web.url(wish.path())),
                        "local/it",
                        new FetchPlan.Place(wish.mode(), true, Optional.empty(), Optional.empty()),
                        Optional.empty(),
                        wish.way(),
                        wish.loopback(),
                        wish.limits());
        FetchProcess.ofThisProgram().fetch(plan, folder, _ -> {});
    }

    private Path it(String path) {
        return folder.resolve("tree/local/it").resolve(path);
    }

    @Test
    void the_files_of_the_newest_commit_are_there_with_their_modes_and_links() throws Exception {
        Path run = git.write("bin/run", "#!/bin/sh\n");
        assertThat(run.toFile().setExecutable(true)).isTrue();
        git.write("page", "one");
        Files.createSymbolicLink(git.work().resolve("latest"), Path.of("page"));
        git.commit();
        git.write("page", "two");
        git.commit();

        fetch(main());

        assertThat(it("page")).hasContent("two");
        assertThat(it("bin/run")).isExecutable();
        assertThat(it("latest")).isSymbolicLink().hasContent("two");
        assertThat(it(".git")).doesNotExist();
    }

    @Test
    void a_branch_a_tag_or_a_commit_names_what_is_fetched() throws Exception {
        git.write("page", "first");
        String first = git.commit();
        git.git("tag", "-a", "v1", "-m", "annotated");
        git.write("page", "second");
        git.commit();
        git.git("branch", "side");
        git.write("page", "third");
        git.commit();

        fetch(ref("v1"));
        assertThat(it("page")).hasContent("first");
        fetch(ref("side"));
        assertThat(it("page")).hasContent("second");
        fetch(ref(first));
        assertThat(it("page")).hasContent("first");
    }

    @Test
    void what_is_a_branch_and_a_tag_or_neither_is_refused() throws Exception {
        git.write("page", "x");
        git.commit();
        git.git("branch", "same");
        git.git("tag", "same");

        assertThatThrownBy(() -> fetch(ref("same")))
                .hasMessage(
                        "Git: same is a branch and a tag: write refs/heads/same or refs/tags/same");
        assertThatThrownBy(() -> fetch(ref("none")))
                .hasMessage("Git: the repository has no branch, tag or commit none");
        assertThatThrownBy(() -> fetch(ref("--upload-pack=touch /tmp/x")))
                .hasMessageContaining("no branch, tag or commit");
        assertThatThrownBy(() -> fetch(ref("0123456789".repeat(4))))
                .hasMessageContaining("0123456789");
    }

    @Test
    void a_folder_or_a_file_of_it_is_enough() throws Exception {
        git.write("site/a/page", "page");
        git.write("sitemap", "no");
        git.commit();

        fetch(new Wish(Optional.empty(), "site"));
        assertThat(it("a/page")).hasContent("page");
        assertThat(it("sitemap")).doesNotExist();
        fetch(new Wish(Optional.empty(), "site/a/page").mode(Mode.FILE));
        assertThat(it("")).hasContent("page");
        assertThatThrownBy(() -> fetch(new Wish(Optional.empty(), "nothing")))
                .hasMessageContaining("has no folder \"nothing\"");
    }

    @Test
    void neither_hook_nor_filter_nor_submodule_does_anything() throws Exception {
        Path mark = remote.resolve("mark");
        git.write(".gitattributes", "* filter=evil\n");
        git.write("page", "$Id$");
        git.write("hooks/post-checkout", "touch " + mark);
        git.write(
                ".gitmodules",
                "[submodule \"s\"]\n\tpath = s\n\turl = " + web.url("/elsewhere") + "\n");
        git.git("add", "-A");
        git.git("update-index", "--add", "--cacheinfo", "160000", "1".repeat(40), "s");
        git.git("commit", "-q", "-m", "submodule");

        fetch(main());

        assertThat(it("page")).hasContent("$Id$");
        assertThat(it("s")).isEmptyDirectory();
        assertThat(mark).doesNotExist();
        assertThat(web.requests()).noneMatch(request -> request.startsWith("/elsewhere"));
    }

    @Test
    void a_link_out_of_the_folder_is_refused() throws Exception {
        Files.createSymbolicLink(git.work().resolve("out"), Path.of("../../../etc/passwd"));
        git.commit();

        assertThatThrownBy(() -> fetch(main())).hasMessageContaining("outside of the folder");
    }

    @Test
    void this_machine_is_no_source_for_a_shared_node_not_even_by_a_redirect() throws Exception {
        git.write("page", "x");
        git.commit();
        web.redirect("/moved.git/info/refs", "http://169.254.169.254/r.git/info/refs");

        assertThatThrownBy(() -> fetch(main().ofAnotherMachine()))
                .hasMessageContaining("it is this machine itself");
        assertThatThrownBy(() -> fetch(main().at("/moved.git")))
                .hasMessageContaining("it is link-local");
    }

    @Test
    void a_repository_that_a_plain_web_server_shows_is_fetched_too() throws Exception {
        git.write("page", "x");
        String commit = git.commit();
        git.write("page", "y");
        git.commit();
        git.shownPlainly();

        fetch(main().at("/plain/r.git/.git"));
        assertThat(it("page")).hasContent("y");
        fetch(ref(commit).at("/plain/r.git/.git"));
        assertThat(it("page")).hasContent("x");
    }

    @Test
    void more_than_the_limit_is_not_fetched() throws Exception {
        byte[] noise = new byte[200_000];
        new java.util.Random(1).nextBytes(noise);
        Files.write(git.work().resolve("noise"), noise);
        git.commit();

        assertThatThrownBy(() -> fetch(main().bytes(100_000)))
                .hasMessageContaining("larger than 100000 bytes");
    }

    @Test
    void headers_are_shown_to_the_repository() throws Exception {
        git.write("page", "x");
        git.commit();

        fetch(main().showing(Map.of("X-Token", "canary")));

        assertThat(web.requests()).isNotEmpty().allMatch(request -> request.endsWith(" canary"));
    }
}
