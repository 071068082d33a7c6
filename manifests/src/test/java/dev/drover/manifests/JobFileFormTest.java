package dev.drover.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.json.JsonWriter;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.nomad.NomadWriter;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @Test
    void a_resource_of_a_task_is_scaled_in_one_way() {
        String cpu = "scaling \"cpu\" {|max = 1|}|";

        assertThat(problems("task \"t\" {|" + cpu + "scaling \"mem\" {|max = 1|}|}")).isEmpty();
        assertThat(problems("task \"t\" {|" + cpu + cpu + "}"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(Code.DUPLICATE);
                    assertThat(problem.place().orElseThrow().position().line()).isEqualTo(7);
                });
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
    @CsvSource(
            delimiterString = "->",
            value = {
                "dynamic \"service\" {|for_each = []|iterator = \"a\"|content {}|} -> 5",
                "dynamic \"task\" {|for_each = []|labels = \"a\"|content {}|} -> 5",
                "dynamic \"task\" {|for_each = [1]|labels = [null]|content {}|} -> 5",
                "dynamic \"service\" {|for_each = []|foo = 1|content {}|} -> 5",
                "dynamic \"service\" {|for_each = []|content {}|content {}|} -> 6",
                "dynamic \"service\" {|content {}|} -> 3",
                "dynamic \"sevice\" {|for_each = []|content {}|} -> 3",
                "dynamic \"count\" {|for_each = []|content {}|} -> 3",
                "dynamic \"service\" {|for_each = []|labels = [\"a\"]|content {}|} -> 5",
                "dynamic \"task\" {|for_each = [1]|labels = []|content {}|} -> 5",
                "constraint {|distinct_hosts = \"yes\"|} -> 4",
                "constraint {|distinct_hosts = 1|} -> 4",
                "constraint {|distinct_hosts = \"\"|} -> 4",
                "count = 1|count {}| -> 4",
                "vault = 5 -> 3",
                "network {|reserved_ports = []|} -> 4",
                "count = <<E|three|E| -> 4", // where its text begins
                "network {|ip = null|} -> 4",
            })
    void a_mistake_is_found_where_it_is(String inGroup, int line) {
        assertThat(problems(inGroup)).isNotEmpty().allMatch(problem -> line(problem) == line);
    }

    @Test
    void a_misspelt_block_is_found_where_a_dynamic_one_makes_none() {
        assertThat(problems("dynamic \"sevice\" {|for_each = []|content {}|}"))
                .singleElement()
                .extracting(Problem::what, Problem::fix)
                .containsExactly("there is no block \"sevice\" here", "did you mean \"service\"?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            value = {
                "network {|reserved_ports = []|} -> write port \"name\" { static = 80 }",
                "network {|port \"a\" {|label = \"a\"|}|} -> write it in quotes before the {, without its name",
                "network {|port \"a\" {|number = 1|}|} -> known are host_network, ignore_collision, static, to",
            })
    void what_to_write_instead_can_be_written(String inGroup, String fix) {
        assertThat(problems(inGroup)).extracting(Problem::fix).containsExactly(fix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "meta", "vault", "task", "network", "scaling"})
    void a_dynamic_block_may_make_none(String type) {
        assertThat(problems("dynamic \"" + type + "\" {|for_each = []|content {}|}")).isEmpty();
    }

    @Test
    void nothing_is_made_at_the_top_of_a_file() {
        String text = "dynamic \"job\" {\n  for_each = []\n  content {}\n}\n";

        assertThat(read(text))
                .isInstanceOfSatisfying(
                        Read.Problems.class,
                        problems -> assertThat(problems.first().what()).contains("at the top"));
    }

    private static int line(Problem problem) {
        return problem.place().orElseThrow().position().line();
    }

    @Test
    void a_block_for_tasks_is_looked_at_if_none_takes_it_too() {
        String untaken =
                """
                job "x" {
                  vault {
                    nope = 1
                  }
                  group "g" {
                    task "t" {
                      vault {}
                    }
                  }
                }
                """;

        assertThat(read(untaken))
                .isInstanceOfSatisfying(
                        Read.Problems.class,
                        problems ->
                                assertThat(problems.problems())
                                        .extracting(JobFileFormTest::line)
                                        .containsExactly(3));
        assertThat(read("job \"x\" {\n  secret \"s\" {\n    nope = 1\n  }\n}\n"))
                .isInstanceOf(Read.Problems.class);
    }

    @Test
    void a_list_in_a_text_is_none_however_little_text_there_is() {
        String text = "job \"x\" {\n  datacenters = \" ${~ [\"a\"] ~} \"\n}\n";

        assertThat(read(text)).isInstanceOf(Read.Problems.class);
        assertThat(read(text.replace("\" ${~", "\"${~").replace("~} \"", "~}\"")))
                .isInstanceOf(Read.Resources.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            value = {
                "namespace = \"\" -> \"Namespace\":\"\"",
                "id = null -> \"ID\":\"j\"",
                "id = \"k\";name = null -> \"Name\":\"j\"",
                "constraint {;distinct_hosts = \"1\";} -> \"RTarget\":\"true\"",
                "constraint {;version = false;} -> \"RTarget\":\"false\"",
                "group \"g\" {;network {;port \"a\" {;static = -1;};};} -> \"DynamicPorts\":[{",
                "group \"g\" {;task \"t\" {;config {;x = 1e400;};};} -> \"x\":1000000000",
            })
    void what_is_the_same_as_nothing_is_written_as_nomad_does(String inJob, String expected) {
        assertThat(asNomad("job \"j\" {\n" + inJob.replace(';', '\n') + "\n}\n"))
                .contains(expected);
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

    @ParameterizedTest
    @CsvSource({
        "value = 1|version = \"> 2\"|operator = \"<\", version, > 2",
        "distinct_property = \"a\"|version = \"\"|value = 2, distinct_property, 2",
        "regexp = \"b\"|set_contains = \"c\"|semver = null, set_contains, c",
        "distinct_hosts = false, distinct_hosts, false",
    })
    void a_constraint_named_after_its_operator_counts_for_more(
            String fields, String operator, String value) {
        var constraint = group(text("constraint {|" + fields + "|}")).constraints().getFirst();

        assertThat(constraint.operator()).contains(operator);
        assertThat(constraint.value()).contains(value);
    }

    @Test
    void a_task_without_a_group_comes_before_the_groups() {
        String text = "job \"j\" {\n  group \"b\" {}\n  task \"a\" {}\n}\n";

        assertThat(group(text).name()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "network {|reserved_ports \"ssh\" {}|}", // an old word for port
                "constraint {|value = 12345678901234567890|}",
                "service {|connect {|sidecar_task {|resources {|device \"gpu\" {|"
                        + "constraint {|regexp = \"a\"|}|}|}|}|}|}",
            })
    void what_looks_like_a_mistake_and_is_none(String inGroup) {
        assertThat(problems(inGroup)).isEmpty();
    }

    private static TaskGroup group(String text) {
        var resources = (Read.Resources) read(text);
        var job = (Job) resources.manifests().getFirst().resource();
        return job.spec().groups().getFirst();
    }

    private static List<Problem> problems(String inGroup) {
        return switch (read(text(inGroup))) {
            case Read.Problems(var problems, _) -> problems;
            case Read.Resources _ -> List.of();
        };
    }

    private static String text(String inGroup) {
        return "job \"j\" {\n  group \"g\" {\n    " + inGroup.replace('|', '\n') + "\n  }\n}\n";
    }

    private static Read read(String text) {
        return Manifests.read(text, "job.hcl", Syntax.HCL, Inputs.none());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spread {|weight = 128|}",
                "spread {|target \"a\" {|percent = 256|}|}",
                "task \"t\" {|affinity {|weight = -129|}|}",
                "service {|connect {|gateway {|ingress {|listener {|service {|max_connections = 4294967296|}|}|}|}|}|}",
                "service {|connect {|sidecar_service {|proxy {|transparent_proxy {|outbound_port = 65536|}|}|}|}|}",
            })
    void a_number_fits_its_field(String inGroup) {
        assertThat(problems(inGroup)).extracting(Problem::code).containsExactly(Code.OUT_OF_RANGE);
    }

    @Test
    void old_fields_are_kept_and_have_no_effect() {
        String job =
                text(
                        "network {|device = \"eth0\"|cidr = \"10.0.0.0/8\"|ip = \"10.0.0.1\"|"
                                + "reserved_ports \"a\" {|static = 80|}|port \"b\" {}|}|"
                                + "constraint {|attribute = \"a\"|operator = \"\"|value = \"b\"|}|"
                                + "service {|check {|advertise = \"b\"|}|}|"
                                + "task \"t\" {|logs {|enabled = true|}|"
                                + "identity {|extra_claims = [\"a\", \"b\"]|}|}");

        String nomad = asNomad(job);

        assertThat(nomad)
                .contains("\"Device\":\"eth0\"", "\"CIDR\":\"10.0.0.0/8\"", "\"IP\":\"10.0.0.1\"")
                .contains("\"ReservedPorts\":[{\"Label\":\"a\",\"Value\":80}]")
                .contains("\"DynamicPorts\":[{\"Label\":\"b\"}]")
                .contains("\"Operand\":\"=\"", "\"Advertise\":\"b\"", "\"Enabled\":true")
                .contains("\"ExtraClaims\":[\"a\",\"b\"]");
    }

    @Test
    void ports_of_a_sidecar_are_in_two_lists_too() {
        String job =
                text(
                        "service {|connect {|sidecar_task {|resources {|network {|"
                                + "port \"a\" {}|port \"b\" {|static = 1|}|}|}|}|}|}");

        assertThat(asNomad(job))
                .contains("\"DynamicPorts\":[{\"Label\":\"a\"}]")
                .contains("\"ReservedPorts\":[{\"Label\":\"b\",\"Value\":1}]");
    }

    @Test
    void an_address_of_a_gateway_has_its_name_twice() {
        String job =
                text(
                        "service {|connect {|gateway {|proxy {|"
                                + "envoy_gateway_bind_addresses \"a\" {|port = 5|}|}|}|}|}");

        assertThat(asNomad(job))
                .contains("\"EnvoyGatewayBindAddresses\":{\"a\":{\"Name\":\"a\",\"Port\":5}}");
    }

    /// A file that a program is yet to fill in is converted word by word, and is no valid job.
    @Test
    void words_that_nobody_knows_pass_as_they_are() {
        String job =
                """
                job "x" {
                  type = "[[ .type ]]"
                  group "g" {
                    reschedule {
                      delay_function = "linear"
                    }
                    restart {
                      mode = "[[ .mode ]]"
                    }
                    task "a" {
                      restart {
                        mode = "faill"
                      }
                    }
                    task "t" {
                      lifecycle {
                        hook = "prestrat"
                      }
                    }
                  }
                }
                """;

        assertThat(asNomad(job))
                .contains("\"Type\":\"[[ .type ]]\"", "\"DelayFunction\":\"linear\"")
                .contains(
                        "\"Mode\":\"[[ .mode ]]\"", "\"Mode\":\"faill\"", "\"Hook\":\"prestrat\"");
        Read read = Manifests.read(job, "x.hcl", Syntax.HCL, Inputs.none());
        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Problems.class,
                        problems ->
                                assertThat(problems.problems())
                                        .extracting(Problem::code)
                                        .containsOnly(Code.UNKNOWN_WORD)
                                        .hasSize(5));
        assertThat(((Read.Problems) read).problems())
                .extracting(Problem::fix)
                .contains("did you mean \"fail\"?", "did you mean \"prestart\"?");
    }

    private static String asNomad(String job) {
        Read read = Manifests.readAsNomad(job, "x.hcl", Syntax.HCL, Inputs.none());
        Manifest manifest = ((Read.Resources) read).manifests().getFirst();
        return JsonWriter.compact(
                NomadWriter.parsed((Job) manifest.resource(), manifest.places().strangers()));
    }
}
