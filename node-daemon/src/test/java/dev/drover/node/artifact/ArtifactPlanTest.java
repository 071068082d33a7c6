package dev.drover.node.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Artifact;
import dev.drover.node.driver.TaskFolders;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArtifactPlanTest {

    private static final ArtifactPlan.Owner OWNER =
            new ArtifactPlan.Owner(
                    new TaskFolders(Path.of("/data/1/web"), Path.of("/data/1/alloc")),
                    Map.of(
                            "NOMAD_ALLOC_DIR",
                            "/data/1/alloc",
                            "NOMAD_TASK_DIR",
                            "/data/1/web/local"),
                    text ->
                            text.replace("${NOMAD_ALLOC_DIR}", "/data/1/alloc")
                                    .replace("${V}", "1.2"));

    @Test
    void an_archive_goes_to_local_unless_the_job_says_otherwise() {
        assertThat(fetch("http://h/a.tgz", "", "any").target()).isEqualTo("local");
        assertThat(fetch("http://h/a.tgz", ".", "any").target()).isEmpty();
        assertThat(fetch("http://h/a.tgz", "/usr/local/bin", "any").target())
                .isEqualTo("usr/local/bin");
        assertThat(fetch("http://h/conf?x=1", "", "file").target()).isEqualTo("local/conf");
    }

    @Test
    void references_are_filled_in() {
        ArtifactPlan.Ready ready =
                (ArtifactPlan.Ready)
                        plan("https://h/a-${V}.zip", "${NOMAD_ALLOC_DIR}/data", "any", Map.of());

        assertThat(ready.fetch().source()).hasToString("https://h/a-1.2.zip");
        assertThat(ready.root()).isEqualTo(Path.of("/data/1/alloc"));
        assertThat(ready.fetch().target()).isEqualTo("data");
    }

    @Test
    void options_stand_in_the_block_or_in_the_query() {
        String sum = "md5:" + "0".repeat(32);

        FetchPlan fetch = fetch("http://h/a.bin?v=2&archive=zip&checksum=" + sum, "", "any");

        assertThat(fetch.source()).hasToString("http://h/a.bin?v=2");
        assertThat(fetch.packing().flatMap(Packing::many)).contains(Packing.Wrapping.ZIP);
        assertThat(fetch.proof()).hasToString("Optional[" + sum + "]");
    }

    @Test
    void a_checksum_file_may_lie_beside_the_source() {
        assertThat(fetch("http://h/d/a.bin?checksum=file:SHA256SUMS", "", "any").proof())
                .contains(new FetchPlan.Proof.Listed(URI.create("http://h/d/SHA256SUMS")));
        assertThat(fetch("http://h/a?checksum=file:https://s/sums", "", "any").proof())
                .contains(new FetchPlan.Proof.Listed(URI.create("https://s/sums")));
        assertThat(plan("http://h/a?checksum=file:file:///etc/passwd", "", "any", Map.of()))
                .isInstanceOf(ArtifactPlan.Refused.class);
    }

    @Test
    void an_object_of_s3_is_asked_for_with_the_jobs_keys() {
        Map<String, String> keys =
                Map.of("aws_access_key_id", "AK", "aws_access_key_secret", "hush");
        String source = "s3::https://b.s3.eu-west-1.amazonaws.com/a.tgz";

        FetchPlan fetch = ((ArtifactPlan.Ready) plan(source, "", "any", keys)).fetch();

        assertThat(fetch.source()).hasToString("https://b.s3.eu-west-1.amazonaws.com/a.tgz");
        assertThat(fetch.way())
                .isEqualTo(
                        new FetchPlan.Way.S3(
                                Optional.of(
                                        new S3Signature.Keys(
                                                "AK", "hush", Optional.empty(), "eu-west-1"))));
        assertThat(FetchPlan.of(fetch.lines())).isEqualTo(fetch);
        assertThat(fetch.toString()).doesNotContain("hush");
        assertThat(((ArtifactPlan.Ready) plan(source, "", "any", Map.of())).fetch().way())
                .isEqualTo(new FetchPlan.Way.S3(Optional.empty()));
        assertThat(plan(source, "", "any", Map.of("aws_access_key_id", "AK")))
                .isInstanceOf(ArtifactPlan.Refused.class);
        assertThat(plan(source.substring(4), "", "any", keys))
                .isInstanceOf(ArtifactPlan.Refused.class);
    }

    private static FetchPlan git(String source, Map<String, String> options) {
        FetchPlan fetch = ((ArtifactPlan.Ready) plan(source, "", "any", options)).fetch();
        assertThat(FetchPlan.of(fetch.lines())).isEqualTo(fetch);
        return fetch;
    }

    private static FetchPlan.Way.Git way(Optional<String> ref, String folder) {
        return new FetchPlan.Way.Git(ref, folder, new java.util.TreeMap<>());
    }

    @Test
    void a_repository_of_git_is_named_with_its_folder_and_its_reference() {
        FetchPlan all = git("git::https://h/o/r.git", Map.of());
        FetchPlan part = git("git::https://h/r//a/b?ref=v${V}&depth=1", Map.of());
        FetchPlan block = git("git::http://h/r?ref=old", Map.of("ref", "new", "depth", "5"));

        assertThat(all.source()).hasToString("https://h/o/r.git");
        assertThat(all.way()).isEqualTo(way(Optional.empty(), ""));
        assertThat(part.source()).hasToString("https://h/r");
        assertThat(part.way()).isEqualTo(way(Optional.of("v1.2"), "a/b"));
        assertThat(block.way()).isEqualTo(way(Optional.of("new"), ""));
    }

    @Test
    void the_large_forges_need_no_scheme() {
        assertThat(git("github.com/o/r", Map.of()).source())
                .hasToString("https://github.com/o/r.git");
        FetchPlan part = git("git::gitlab.com/o/r.git//x?ref=main", Map.of());
        assertThat(part.source()).hasToString("https://gitlab.com/o/r.git");
        assertThat(part.way()).isEqualTo(way(Optional.of("main"), "x"));
    }

    @Test
    void what_of_git_cannot_be_is_refused_with_the_reason() {
        assertThat(refusal("git::ssh://git@h/r", "", "any", Map.of())).contains("Git over ssh");
        assertThat(refusal("git@github.com:o/r.git", "", "any", Map.of())).contains("Git over ssh");
        assertThat(refusal("git::file:///srv/r.git", "", "any", Map.of()))
                .contains("no http or https URL");
        assertThat(refusal("git::--upload-pack=x", "", "any", Map.of()))
                .contains("no http or https URL");
        assertThat(refusal("git::ext::sh", "", "any", Map.of())).contains("no http or https URL");
        assertThat(refusal("git::https://h/r?sshkey=eA", "", "any", Map.of())).contains("sshkey");
        assertThat(refusal("git::https://h/r?depth=x", "", "any", Map.of())).contains("depth x");
        assertThat(refusal("git::https://h/r", "", "any", Map.of("checksum", "md5:0")))
                .contains("name a commit");
        assertThat(refusal("git::https://h/r", "", "any", Map.of("archive", "zip")))
                .contains("means nothing for git; known are ref, depth");
    }

    @Test
    void no_value_says_a_second_line_of_the_plan() {
        assertThat(plan("http://h/a", "local/x\nloopback=true", "any", Map.of()))
                .isInstanceOf(ArtifactPlan.Refused.class);
        assertThat(plan("http://h/a", "", "any", Map.of("filename", "x\nloopback=true")))
                .isInstanceOf(ArtifactPlan.Refused.class);
    }

    @Test
    void the_child_reads_the_plan_as_it_was_written() {
        FetchPlan fetch =
                ((ArtifactPlan.Ready)
                                plan(
                                        "http://h/a.tgz?v=2",
                                        "x",
                                        "dir",
                                        Map.of(
                                                "archive",
                                                "tar",
                                                "filename",
                                                "f",
                                                "checksum",
                                                "sha256:" + "a".repeat(64))))
                        .fetch();

        assertThat(FetchPlan.of(fetch.lines())).isEqualTo(fetch);
    }

    @Test
    void what_cannot_be_is_refused_with_the_reason() {
        assertThat(refusal("ftp://h/x", "", "any", Map.of()))
                .contains("no http, https, s3:: or git:: URL");
        assertThat(refusal("http://h/x", "../../x", "any", Map.of()))
                .contains("leaves the task's folder");
        assertThat(refusal("http://h/x", "", "tree", Map.of())).contains("none of any, file, dir");
        assertThat(refusal("http://h/x", "", "any", Map.of("checksum", "sha256:abc")))
                .contains("neither of the form type:hex");
        assertThat(refusal("http://h/x", "", "any", Map.of("archive", "rar")))
                .contains("archive kind rar is unknown");
        assertThat(refusal("http://h/x", "", "any", Map.of("filename", "../x")))
                .contains("is a path");
        assertThat(refusal("http://h/x", "", "any", Map.of("sshkey", "x")))
                .contains("the option sshkey means nothing");
    }

    @Test
    void certificates_are_always_checked() {
        Artifact artifact =
                new Artifact(
                        Optional.of("https://h/x"),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        Optional.of(true),
                        Optional.empty());

        assertThat(ArtifactPlan.of(artifact, OWNER, ArtifactPlan.Rules.DEV))
                .isInstanceOfSatisfying(
                        ArtifactPlan.Refused.class,
                        r -> assertThat(r.why()).startsWith("insecure = true is refused"));
    }

    private static FetchPlan fetch(String source, String destination, String mode) {
        return ((ArtifactPlan.Ready) plan(source, destination, mode, Map.of())).fetch();
    }

    private static String refusal(
            String source, String destination, String mode, Map<String, String> options) {
        return plan(source, destination, mode, options) instanceof ArtifactPlan.Refused(String why)
                ? why
                : "not refused";
    }

    private static ArtifactPlan plan(
            String source, String destination, String mode, Map<String, String> options) {
        Optional<String> to = destination.isEmpty() ? Optional.empty() : Optional.of(destination);
        return ArtifactPlan.of(
                new Artifact(
                        Optional.of(source),
                        to,
                        Optional.of(mode),
                        options,
                        Map.of(),
                        Optional.empty(),
                        Optional.empty()),
                OWNER,
                ArtifactPlan.Rules.SHARED);
    }
}
