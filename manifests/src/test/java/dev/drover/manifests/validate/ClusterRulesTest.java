package dev.drover.manifests.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.model.DriverState;
import dev.drover.manifests.model.HostVolume;
import dev.drover.manifests.model.NodeDevice;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterRulesTest {
    private static final NodeDevice GPU =
            new NodeDevice("nvidia", "gpu", "1080ti", Map.of(), List.of("0"));

    private static final Map<String, HostVolume> VOLUMES =
            Map.of(
                    "data", new HostVolume("/data", false),
                    "certs", new HostVolume("/certs", true));

    private static final ClusterRules.Known CLUSTER =
            new ClusterRules.Known(
                    Set.of("default", "prod"),
                    List.of(
                            new NodeStatus(
                                    NodePhase.READY,
                                    "",
                                    "dc1",
                                    "default",
                                    "",
                                    "10.0.0.1",
                                    "",
                                    size(List.of()),
                                    Map.of(),
                                    Map.of(),
                                    Map.of("exec", new DriverState(true, "", Map.of())),
                                    Map.of(),
                                    0,
                                    Optional.empty()),
                            new NodeStatus(
                                    NodePhase.READY,
                                    "",
                                    "dc2",
                                    "gpu",
                                    "",
                                    "10.0.0.2",
                                    "",
                                    size(List.of(GPU)),
                                    Map.of(),
                                    Map.of(),
                                    Map.of("raw_exec", new DriverState(true, "", Map.of())),
                                    VOLUMES,
                                    Map.of("public", "192.0.2.1"),
                                    0,
                                    Optional.empty())));

    private static NodeResources size(List<NodeDevice> devices) {
        return new NodeResources(4000, 2, 8000, 10_000, 20_000, 32_000, List.of(), devices);
    }

    @Test
    void nothing_is_said_of_a_job_that_the_cluster_can_run() {
        assertThat(problems("datacenters = [\"dc?\"]\n namespace = \"prod\"", "", "exec", ""))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    namespace = "prd"       | namespace: no namespace "prd" is in the cluster: did you mean "prod"?
                    namespace = "eu"        | namespace: no namespace "eu" is in the cluster; there are default, prod: make it first, by a manifest of kind Namespace
                    node_pool = "gpuu"      | node_pool: no node pool "gpuu" is in the cluster: did you mean "gpu"?
                    datacenters = ["eu-*"]  | datacenters: no node in the cluster is in eu-*; they are in dc1, dc2
                    node_pool = "all"       | ~~
                    """)
    void what_a_job_names(String inJob, String said) {
        assertThat(problems(inJob, "", "exec", "")).containsExactly(lines(said));
    }

    @Test
    void everything_is_told_at_once() {
        assertThat(problems("node_pool = \"x\"\n datacenters = [\"y\"]", "", "docker", ""))
                .hasSize(3);
    }

    @Test
    void pool_and_datacenters_together() {
        assertThat(problems("node_pool = \"gpu\"\n datacenters = [\"dc1\"]", "", "raw_exec", ""))
                .containsExactly(
                        "datacenters: no node where the job may run is in dc1; they are in dc2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    volume "d" { type = "host" source = "dta" }                       | group "g".volume "d".source: no host volume "dta" is in the cluster: did you mean "data"?
                    volume "d" { type = "host" source = "data" }                      | ~~
                    volume "d" { type = "host" source = "certs" read_only = true }    | ~~
                    volume "d" { type = "host" source = "certs" }                     | group "g".volume "d".source: the host volume "certs" can only be read, and the job writes to it: write read_only = true, or let a node offer it for writing
                    volume "d" { type = "host" source = "x" per_alloc = true }        | ~~
                    network { port "p" { host_network = "publik" } }                  | group "g".network.port "p".host_network: no host network "publik" is in the cluster: did you mean "public"?
                    network { port "p" { host_network = "default" } }                 | ~~
                    """)
    void what_a_group_asks_for(String inGroup, String said) {
        assertThat(problems("", lines(inGroup, " "), "exec", "")).containsExactly(lines(said));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    cpu = 5000                          | resources.cpu: no node in the cluster has 5000 MHz; the largest has 4000: ask for less, or add a larger node
                    cores = 3                           | resources.cores: no node in the cluster has 3 cores; the largest has 2: ask for less, or add a larger node
                    memory = 9000                       | resources.memory: no node in the cluster has 9000 MiB; the largest has 8000: ask for less, or add a larger node
                    memory = 8000                       | ~~
                    device "nvidia/gpu" { }             | ~~
                    device "amd/gpu" { }                | resources.device "amd/gpu": no device "amd/gpu" is in the cluster; there is nvidia/gpu/1080ti
                    """)
    void what_a_task_asks_for(String inResources, String said) {
        String[] expected =
                said.isEmpty() ? new String[0] : new String[] {"group \"g\".task \"t\"." + said};

        assertThat(problems("", "", "exec", lines(inResources, " "))).containsExactly(expected);
    }

    @Test
    void a_driver_that_works_nowhere_or_elsewhere() {
        assertThat(problems("", "", "docker", ""))
                .containsExactly(
                        "group \"g\".task \"t\".driver: no driver \"docker\" is in the cluster; there"
                                + " are exec, raw_exec");
        assertThat(problems("datacenters = [\"dc1\"]", "", "raw_exec", ""))
                .containsExactly(
                        "group \"g\".task \"t\".driver: no driver \"raw_exec\" is where the job may"
                                + " run; there is exec");
    }

    @Test
    void a_cluster_without_nodes() {
        ClusterRules.Known empty = new ClusterRules.Known(Set.of("default"), List.of());

        assertThat(problems(job("", "", "exec", ""), Syntax.HCL, empty))
                .containsExactly(
                        "no node has registered yet, so the job would wait: start one: drover node"
                                + " --server HOST:PORT");
    }

    @Test
    void other_kinds_are_in_a_namespace_too() {
        String variable =
                """
                apiVersion: drover.dev/v1
                kind: Variable
                metadata: {name: a, namespace: prd}
                spec: {items: {}}
                """;

        assertThat(problems(variable, Syntax.YAML, CLUSTER))
                .containsExactly(
                        "metadata.namespace: no namespace \"prd\" is in the cluster: did you mean"
                                + " \"prod\"?");
    }

    private static String[] lines(String said) {
        return said.isEmpty() ? new String[0] : new String[] {said};
    }

    /// Blocks on one line, over several.
    private static String lines(String block, String separator) {
        return block.replace("{" + separator, "{\n")
                .replace(separator + "}", "\n}")
                .replaceAll("(\"|true) (?=[a-z_]+ =)", "$1\n");
    }

    private static List<String> problems(
            String inJob, String inGroup, String driver, String inResources) {
        return problems(job(inJob, inGroup, driver, inResources), Syntax.HCL, CLUSTER);
    }

    private static String job(String inJob, String inGroup, String driver, String inResources) {
        return """
        job "a" {
          %s
          group "g" {
            %s
            task "t" {
              driver = "%s"
              resources {
                %s
              }
            }
          }
        }
        """
                .formatted(inJob, inGroup, driver, inResources);
    }

    private static List<String> problems(String text, Syntax syntax, ClusterRules.Known known) {
        return switch (Manifests.read(text, "a", syntax, Inputs.none())) {
            case Read.Resources(var manifests, _) -> {
                var manifest = manifests.getFirst();
                Report report = Report.of(manifest.source(), manifest.places());
                List<Problem> all = ClusterRules.check(manifest.resource(), known, report);
                assertThat(all).allMatch(Problem::warning);
                yield all.stream().map(ClusterRulesTest::said).toList();
            }
            case Read.Problems(var problems, _) ->
                    throw new AssertionError(problems.getFirst().text());
        };
    }

    private static String said(Problem problem) {
        boolean near = problem.fix().startsWith("did you mean");
        return problem.what()
                + (problem.why().isEmpty() || near ? "" : "; " + problem.why())
                + (problem.fix().equals(Code.NOT_IN_CLUSTER.fix()) ? "" : ": " + problem.fix());
    }
}
