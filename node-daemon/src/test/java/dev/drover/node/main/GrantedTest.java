package dev.drover.node.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.node.os.Processors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the server grants by name reaches the task, under a whole daemon.
final class GrantedTest {
    @TempDir Path folder;
    private Optional<OneNode> node = Optional.empty();

    @AfterEach
    void close() throws Exception {
        if (node.isPresent()) {
            node.get().close();
        }
    }

    private OneNode node() throws Exception {
        node = Optional.of(OneNode.start(folder));
        return node.get();
    }

    private static String output(OneNode node) throws Exception {
        node.becomes("a1", AllocationPhase.COMPLETE);
        return Files.readString(node.shared("a1").resolve("logs/t.stdout.000000"));
    }

    @Test
    void cores_of_its_own_are_those_it_runs_on() throws Exception {
        OneNode node = node();
        List<Integer> processors = Processors.allowed();
        int granted = processors.size() - 1;
        AssignedJob job =
                Jobs.withResources(
                        "\"cores\":1",
                        Jobs.once(
                                "a1",
                                "echo $NOMAD_CPU_CORES; grep Cpus_allowed_list /proc/self/status"));

        node.want(
                job,
                Jobs.granted(
                        new Granted(
                                0,
                                100,
                                100,
                                List.of(),
                                Optional.empty(),
                                List.of(granted),
                                List.of()),
                        Jobs.assignment("a1", job, DesiredState.RUN)));

        assertThat(output(node))
                .isEqualTo("%1$d\nCpus_allowed_list:\t%1$d\n".formatted(processors.get(granted)));
    }
}
