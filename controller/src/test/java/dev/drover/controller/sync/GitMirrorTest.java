package dev.drover.controller.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.GitSourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitMirrorTest {

    @TempDir Path folder;
    private GitRepository remote;
    private GitMirror mirror;

    @BeforeEach
    void make() throws IOException {
        QuietSystem.install();
        remote = new GitRepository(folder);
        mirror = new GitMirror(folder.resolve("mirror"));
    }

    @Test
    void reads_the_manifests_of_the_newest_commit() throws IOException {
        remote.push(Map.of("jobs/a.hcl", "one", "README.md", "no manifest"));
        String second = remote.push(Map.of("jobs/a.hcl", "two", "jobs/b.yaml", "three"));

        Fetched fetched = mirror.fetch(source(Optional.empty(), Optional.empty()));

        assertThat(fetched)
                .isInstanceOfSatisfying(
                        Fetched.At.class,
                        at -> {
                            assertThat(at.commit()).isEqualTo(second);
                            assertThat(at.files())
                                    .containsExactly(
                                            Map.entry("jobs/a.hcl", new Fetched.Blob.Text("two")),
                                            Map.entry(
                                                    "jobs/b.yaml", new Fetched.Blob.Text("three")));
                        });
    }

    @Test
    void sees_a_commit_that_was_pushed_since() throws IOException {
        remote.push(Map.of("a.hcl", "one"));
        mirror.fetch(source(Optional.of("main"), Optional.empty()));
        String second = remote.push(Map.of("a.hcl", "two"));

        Fetched fetched = mirror.fetch(source(Optional.of("main"), Optional.empty()));

        assertThat(fetched)
                .isInstanceOfSatisfying(
                        Fetched.At.class, at -> assertThat(at.commit()).isEqualTo(second));
    }

    /// As after a loss of power: what was fetched was never written to the disk.
    @Test
    void a_copy_that_is_broken_is_made_anew() throws IOException {
        String commit = remote.push(Map.of("a.hcl", "one"));
        mirror.fetch(source(Optional.of("main"), Optional.empty()));
        try (Stream<Path> files = Files.walk(folder.resolve("mirror"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                file.toFile().setWritable(true);
                Files.write(file, new byte[0]);
            }
        }

        Fetched fetched = mirror.fetch(source(Optional.of("main"), Optional.empty()));

        assertThat(fetched)
                .isInstanceOfSatisfying(
                        Fetched.At.class, at -> assertThat(at.commit()).isEqualTo(commit));
    }

    @Test
    void follows_a_branch_that_was_pushed_backwards() throws IOException {
        String first = remote.push(Map.of("a.hcl", "one"));
        remote.push(Map.of("a.hcl", "two"));
        mirror.fetch(source(Optional.of("main"), Optional.empty()));
        remote.git("push", "-q", "-f", "origin", first + ":refs/heads/main");

        Fetched fetched = mirror.fetch(source(Optional.of("main"), Optional.empty()));

        assertThat(fetched)
                .isInstanceOfSatisfying(
                        Fetched.At.class, at -> assertThat(at.commit()).isEqualTo(first));
    }

    @Test
    void stays_at_the_commit_that_is_named() throws IOException {
        String first = remote.push(Map.of("a.hcl", "one"));
        remote.push(Map.of("a.hcl", "two"));

        assertThat(mirror.fetch(source(Optional.of(first), Optional.empty())))
                .isEqualTo(
                        new Fetched.At(
                                first,
                                new TreeMap<>(Map.of("a.hcl", new Fetched.Blob.Text("one")))));
        assertThat(mirror.fetch(source(Optional.of(first.substring(0, 8)), Optional.empty())))
                .isEqualTo(
                        new Fetched.Failed(
                                "the repository has no branch or tag "
                                        + first.substring(0, 8)
                                        + "; a commit is named by all 40 digits of its hash"));
        assertThat(mirror.fetch(source(Optional.of("0123456789".repeat(4)), Optional.empty())))
                .isInstanceOfSatisfying(
                        Fetched.Failed.class,
                        failed ->
                                assertThat(failed.because())
                                        .contains("it may have no such commit"));
    }

    @Test
    void stays_beneath_its_path() throws IOException {
        remote.push(Map.of("prod/a.hcl", "one", "production/b.hcl", "two", "test/c.hcl", "three"));

        Fetched fetched = mirror.fetch(source(Optional.empty(), Optional.of("prod")));

        assertThat(fetched)
                .isInstanceOfSatisfying(
                        Fetched.At.class,
                        at -> assertThat(at.files()).containsOnlyKeys("prod/a.hcl"));
    }

    @Test
    void refuses_a_name_that_is_a_branch_and_a_tag() throws IOException {
        remote.push(Map.of("a.hcl", "one"));
        remote.git("tag", "main");
        remote.git("push", "-q", "origin", "refs/tags/main");

        assertThat(mirror.fetch(source(Optional.of("main"), Optional.empty())))
                .isEqualTo(
                        new Fetched.Failed(
                                "main is a branch and a tag: write refs/heads/main or refs/tags/main"));
        assertThat(mirror.fetch(source(Optional.of("refs/heads/main"), Optional.empty())))
                .isInstanceOf(Fetched.At.class);
    }

    @Test
    void follows_no_link_and_no_submodule() throws IOException {
        Files.createSymbolicLink(remote.work().resolve("secret.hcl"), Path.of("/etc/shadow"));
        var other = new GitRepository(Files.createDirectory(folder.resolve("other")));
        other.push(Map.of("c.hcl", "three"));
        remote.git("submodule", "add", "-q", other.url(), "sub");
        remote.push(Map.of("a.hcl", "one"));

        Fetched fetched = mirror.fetch(source(Optional.empty(), Optional.empty()));

        assertThat(fetched)
                .isInstanceOfSatisfying(
                        Fetched.At.class,
                        at ->
                                assertThat(at.files())
                                        .containsOnlyKeys("a.hcl", "secret.hcl")
                                        .containsEntry(
                                                "secret.hcl",
                                                new Fetched.Blob.Unread(
                                                        "not a plain file: links and submodules are not"
                                                                + " followed")));
    }

    @Test
    void runs_no_hook_and_writes_nothing_but_its_copy() throws IOException {
        remote.push(Map.of("a.hcl", "one"));
        Path mark = folder.resolve("a-hook-ran");
        for (String hook :
                new String[] {"post-checkout", "post-merge", "pre-receive", "post-update"}) {
            Path script = remote.bare().resolve("hooks").resolve(hook);
            Files.writeString(script, "#!/bin/sh\ntouch " + mark + "\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }

        Fetched fetched = mirror.fetch(source(Optional.empty(), Optional.empty()));

        assertThat(fetched).isInstanceOf(Fetched.At.class);
        assertThat(mark).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ext::sh -c touch% /tmp/x",
                "--upload-pack=touch /tmp/x",
                "ssh://git@example.org/a.git",
                "http://example.org/a.git",
                "https://user:secret@example.org/a.git",
                "file://host/a.git",
                "/a/path"
            })
    void refuses_addresses_that_could_run_or_reveal_something(String url) {
        Fetched fetched =
                mirror.fetch(
                        new GitSourceSpec(
                                url,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));

        assertThat(fetched)
                .isInstanceOfSatisfying(
                        Fetched.Failed.class,
                        failed -> assertThat(failed.because()).doesNotContain("secret"));
    }

    @Test
    void says_what_is_missing() throws IOException {
        assertThat(mirror.fetch(source(Optional.empty(), Optional.empty())))
                .isEqualTo(new Fetched.Failed("the repository has no commit yet"));

        remote.push(Map.of("README.md", "nothing"));

        assertThat(mirror.fetch(source(Optional.of("prod"), Optional.empty())))
                .isEqualTo(new Fetched.Failed("the repository has no branch or tag prod"));
        assertThat(mirror.fetch(source(Optional.empty(), Optional.of("jobs"))))
                .isEqualTo(new Fetched.Failed("no manifest at jobs"));
    }

    private GitSourceSpec source(Optional<String> ref, Optional<String> path) {
        return new GitSourceSpec(remote.url(), ref, path, Optional.empty(), Optional.empty());
    }
}
