package dev.drover.manifests.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.tree.Problem;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterRulesTest {
    private static final ClusterRules.Known CLUSTER =
            new ClusterRules.Known(
                    Set.of("default", "prod"),
                    Set.of("default", "gpu"),
                    Set.of("dc1", "dc2"),
                    Set.of("exec", "raw_exec"));

    @Test
    void nothing_is_said_of_a_job_that_the_cluster_can_run() {
        assertThat(problems("datacenters = [\"dc?\"]\n namespace = \"prod\"", "exec")).isEmpty();
    }

    @Test
    void a_namespace_that_does_not_exist() {
        assertThat(problems("namespace = \"prd\"", "exec"))
                .containsExactly(
                        "namespace: no namespace \"prd\" is in the cluster: did you mean"
                                + " \"prod\"?");
    }

    @Test
    void a_node_pool_without_nodes() {
        assertThat(problems("node_pool = \"gpuu\"", "exec"))
                .containsExactly(
                        "node_pool: no node pool \"gpuu\" is in the cluster: did you mean"
                                + " \"gpu\"?");
        assertThat(problems("node_pool = \"all\"", "exec")).isEmpty();
    }

    @Test
    void datacenters_without_nodes() {
        assertThat(problems("datacenters = [\"eu-*\"]", "exec"))
                .singleElement()
                .asString()
                .startsWith("datacenters: no node is in eu-*: ");
    }

    @Test
    void a_driver_that_works_nowhere() {
        assertThat(problems("", "docker"))
                .singleElement()
                .asString()
                .startsWith(
                        "group \"g\".task \"t\".driver: no driver \"docker\" is in the cluster: ");
    }

    @Test
    void a_cluster_without_nodes() {
        ClusterRules.Known empty =
                new ClusterRules.Known(Set.of("default"), Set.of(), Set.of(), Set.of());

        assertThat(problems("", "exec", empty))
                .containsExactly(
                        "no node has registered yet, so the job would wait: start one: drover node"
                                + " --server HOST:PORT");
    }

    private static List<String> problems(String job, String driver) {
        return problems(job, driver, CLUSTER);
    }

    private static List<String> problems(String fields, String driver, ClusterRules.Known known) {
        String text =
                """
                job "a" {
                  %s
                  group "g" {
                    task "t" {
                      driver = "%s"
                    }
                  }
                }
                """
                        .formatted(fields, driver);
        return switch (Manifests.read(text, "a.hcl", Syntax.HCL, Inputs.none())) {
            case Read.Resources(var manifests, _) -> {
                var manifest = manifests.getFirst();
                Report report = Report.of(manifest.source(), manifest.places());
                List<Problem> all = ClusterRules.check((Job) manifest.resource(), known, report);
                assertThat(all).allMatch(Problem::warning);
                yield all.stream().map(each -> each.what() + ": " + each.fix()).toList();
            }
            case Read.Problems(var problems, _) ->
                    throw new AssertionError(problems.getFirst().text());
        };
    }
}
