package dev.drover.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a job file in HCL may and may not be written like, beyond names and types: as in Nomad, so
/// that a file is accepted by both or by none. A bar stands for a line break.
class JobFileFormTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "service {|meta = { a = 1 }|}",
                "service {|canary_meta = merge({ a = 1 }, {})|}",
                "service {|tagged_addresses = {}|}",
                "service {|check {|header = { A = [\"b\"] }|}|}",
                "task \"t\" {|config = { a = 1 }|}",
                "task \"t\" {|artifact {|options = { a = 1 }|}|}",
                "scaling {|max = 3|policy = {}|}",
                "network {|cni {|args {|a = 1|}|}|}",
                "meta \"label\" {|a = 1|}",
                "meta {|a = null|}",
            })
    void maps_are_written_in_one_way_only(String inGroup) {
        assertThat(problems(inGroup))
                .isNotEmpty()
                .noneMatch(problem -> problem.code() == Code.SYNTAX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "meta {|a = 1|}",
                "meta = { \"a.b\" = 1 }",
                "task \"t\" {|env = { A = 1 }|}",
                "task \"t\" {|config {|a = { b = 1 }|}|}",
                "service {|meta {|a = 1|}|}",
                "service {|meta = ({ \"a.b\" = 1 })|}", // what blocks cannot say
            })
    void what_may_be_written_both_ways(String inGroup) {
        assertThat(problems(inGroup)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task \"t\" {|driver = null|}",
                "task \"t\" {|kill_timeout = null|}",
                "service {|name = null|}",
                "service {|port = null|}",
                "network {|mode = null|}",
                "scaling {|max = 1|type = null|}",
                "task \"t\" {|vault {|role = null|}|}",
            })
    void null_is_no_value_there(String inGroup) {
        assertThat(problems(inGroup))
                .isNotEmpty()
                .noneMatch(problem -> problem.code() == Code.SYNTAX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count = null",
                "restart {|attempts = null|}",
                "task \"t\" {|vault {|namespace = null|}|}",
                "task \"t\" {|template {|destination = null|}|}",
                "service {|tags = null|}",
                "scaling {|max = null|}",
            })
    void null_means_that_nothing_is_said(String inGroup) {
        assertThat(problems(inGroup)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scaling {|min = 1|}",
                "task \"t\" {|lifecycle {|sidecar = true|}|}",
                "task \"t\" {|action \"a\" {|args = []|}|}",
            })
    void some_arguments_are_required(String inGroup) {
        assertThat(problems(inGroup))
                .isNotEmpty()
                .noneMatch(problem -> problem.code() == Code.SYNTAX);
    }

    @Test
    void an_id_is_the_name_and_the_label_what_people_call_it() {
        var read = read("job \"web\" {\n  id = \"web-2\"\n}\n");

        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Resources.class,
                        resources -> {
                            var job = (Job) resources.manifests().getFirst().resource();
                            assertThat(job.metadata().name()).isEqualTo("web-2");
                            assertThat(job.spec().name()).contains("web");
                        });
    }

    private static List<Problem> problems(String inGroup) {
        return switch (read(
                "job \"j\" {\n  group \"g\" {\n    " + inGroup.replace('|', '\n') + "\n  }\n}\n")) {
            case Read.Problems(var problems) -> problems;
            case Read.Resources _ -> List.of();
        };
    }

    private static Read read(String text) {
        return Manifests.read(text, "job.hcl", Syntax.HCL, Inputs.none());
    }
}
