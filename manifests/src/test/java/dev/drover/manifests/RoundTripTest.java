package dev.drover.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.json.JsonWriter;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.Scaling;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.TaskScaling;
import dev.drover.manifests.model.Variable;
import dev.drover.manifests.model.VariableSpec;
import dev.drover.manifests.nomad.NomadWriter;
import dev.drover.manifests.shape.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripTest {
    @ParameterizedTest
    @EnumSource
    void a_job_with_every_field_of_the_model_reads_back_as_it_was(Syntax syntax) {
        JobSpec written = Records.with(Filled.record(JobSpec.class), "stop", Optional.empty());
        JobSpec spec = Records.with(written, "payload", Optional.empty());
        Metadata metadata = Metadata.named("prod", "every-field");
        Job job = new Job(metadata, withScaling(spec), JobStatus.unseen());

        assertThat(again(job, syntax)).isEqualTo(job);
    }

    @ParameterizedTest
    @EnumSource
    void other_kinds_read_back_as_they_were(Syntax syntax) {
        Resource variable =
                new Variable(
                        Metadata.named("default", "nomad/jobs/web"),
                        new VariableSpec(Map.of("password", "no\nyes", "port", "0080")));

        assertThat(again(variable, syntax)).isEqualTo(variable);
    }

    @Test
    void every_real_job_reads_back_as_it_was() throws IOException {
        Optional<Corpus> corpus = Corpus.find();
        assumeTrue(corpus.isPresent(), "the corpus is not beside the project");

        List<String> changed = new ArrayList<>();
        for (Path file : CorpusLines.jobFiles(corpus.get().root())) {
            for (Resource resource : resources(file)) {
                for (Syntax syntax : Syntax.values()) {
                    if (!again(resource, syntax).equals(resource)) {
                        changed.add(syntax + " " + file);
                    }
                }
            }
        }

        assertThat(changed).isEmpty();
    }

    @Test
    void every_real_job_goes_to_nomad_and_back() throws IOException {
        Optional<Corpus> corpus = Corpus.find();
        assumeTrue(corpus.isPresent(), "the corpus is not beside the project");

        List<String> changed = new ArrayList<>();
        for (Path file : CorpusLines.jobFiles(corpus.get().root())) {
            for (Resource resource : resources(file)) {
                String there = JsonWriter.pretty(NomadWriter.job((Job) resource));
                Job back = (Job) onlyOne("{\"Job\": " + there + "}", Syntax.JSON);
                if (!JsonWriter.pretty(NomadWriter.job(back)).equals(there)) {
                    changed.add(file.toString());
                }
            }
        }

        assertThat(changed).isEmpty();
    }

    private static List<Resource> resources(Path file) throws IOException {
        String text = Files.readString(file);
        String name = file.toString();
        Path folder = file.resolveSibling(".").toAbsolutePath().normalize();
        Inputs inputs = Inputs.of(new FolderFiles(folder));
        return switch (Manifests.read(text, name, Syntax.of(name, text), inputs)) {
            case Read.Resources(var manifests, _) ->
                    manifests.stream().map(Manifest::resource).toList();
            case Read.Problems _ -> List.of();
        };
    }

    private static Resource again(Resource resource, Syntax syntax) {
        return onlyOne(Manifests.write(resource, syntax), syntax);
    }

    private static Resource onlyOne(String text, Syntax syntax) {
        return switch (Manifests.read(text, "written", syntax, Inputs.none())) {
            case Read.Resources(var manifests, _) -> manifests.getFirst().resource();
            case Read.Problems(var problems) ->
                    throw new AssertionError(problems.getFirst().text() + "\n" + text);
        };
    }

    /// A scaling block has a fixed type, and one of a task is of `cpu` or `mem`; others are refused
    /// while reading.
    private static JobSpec withScaling(JobSpec spec) {
        List<TaskGroup> groups =
                spec.groups().stream()
                        .map(group -> Records.with(group, "tasks", tasks(group)))
                        .map(group ->
                                Records.with(
                                        group,
                                        "scaling",
                                        group.scaling().map(RoundTripTest::horizontal)))
                        .toList();
        return Records.with(spec, "groups", groups);
    }

    private static Scaling horizontal(Scaling scaling) {
        return Records.with(scaling, "type", Optional.of("horizontal"));
    }

    private static List<Task> tasks(TaskGroup group) {
        return group.tasks().stream()
                .map(task ->
                        Records.with(
                                task,
                                "scaling",
                                task.scaling().stream().map(RoundTripTest::ofProcessor).toList()))
                .toList();
    }

    private static TaskScaling ofProcessor(TaskScaling scaling) {
        TaskScaling cpu = Records.with(scaling, "resource", "cpu");
        return Records.with(cpu, "type", Optional.of("vertical_cpu"));
    }
}
