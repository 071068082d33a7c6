package dev.drover.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.manifests.diff.DiffText;
import dev.drover.manifests.diff.Differ;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.json.JsonWriter;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.Scaling;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.TaskScaling;
import dev.drover.manifests.model.Variable;
import dev.drover.manifests.model.VariableSpec;
import dev.drover.manifests.nomad.NomadWriter;
import dev.drover.manifests.shape.Kinds;
import dev.drover.manifests.shape.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {
    /// What a job can be written in.
    private enum Form {
        HCL,
        YAML,
        JSON,
        NOMAD_JSON;

        String write(Resource resource) {
            return switch (this) {
                case HCL -> Manifests.write(resource, Syntax.HCL);
                case YAML -> Manifests.write(resource, Syntax.YAML);
                case JSON -> Manifests.write(resource, Syntax.JSON);
                case NOMAD_JSON -> JsonWriter.pretty(NomadWriter.job((Job) resource));
            };
        }

        Resource read(String text) {
            return switch (this) {
                case HCL -> onlyOne(text, Syntax.HCL);
                case YAML -> onlyOne(text, Syntax.YAML);
                case JSON, NOMAD_JSON -> onlyOne(text, Syntax.JSON);
            };
        }
    }

    @ParameterizedTest
    @MethodSource("generated")
    void a_job_with_every_field_of_the_model_reads_back_as_it_was(Job job) {
        assertThat(changed(job, Form.values())).isEmpty();
    }

    /// Jobs that set every field: to values that are no defaults, and all to zero.
    static Stream<Job> generated() {
        Stream<JobSpec> filled =
                Filled.SEEDS.stream().map(seed -> Filled.record(JobSpec.class, seed));
        return Stream.concat(filled, Stream.of(Filled.zeros(JobSpec.class)))
                .map(spec -> Records.with(spec, "stop", Optional.empty())) // nobody writes these
                .map(spec -> Records.with(spec, "payload", Optional.empty()))
                .map(spec ->
                        new Job(
                                Metadata.named("prod", "every-field"),
                                withScaling(spec),
                                JobStatus.unseen()));
    }

    @Test
    void objects_in_lists_of_a_config_stay_where_they_are() {
        String text =
                """
                job "a" {
                  group "g" {
                    task "t" {
                      driver = "d"

                      config {
                        mixed  = [1, { a = 2 }, [{ b = 3 }], []]
                        single = [{ c = { d = [{ e = 4 }] } }]
                      }
                    }
                  }
                }
                """;

        assertThat(changed(onlyOne(text, Syntax.HCL), Form.values())).isEmpty();
    }

    /// Found by fuzzing. Values are composed, labels are not, as in Nomad.
    @Test
    void letters_that_hcl_composes_are_kept_in_labels_and_told_in_values() {
        String job =
                """
                apiVersion: drover.dev/v1
                kind: Job
                metadata: {name: "\uF9A6"}
                spec:
                  groups:
                    - name: "e\u0301"
                      tasks: [{name: t, driver: d, config: {"%s": "%s"}}]
                """;
        Resource kept = onlyOne(job.formatted("e", "é"), Syntax.YAML);

        assertThat(changed(kept, Form.values())).isEmpty();
        assertThat(Manifests.changedByHcl(kept)).isEmpty();
        assertThat(Manifests.changedByHcl(onlyOne(job.formatted("e", "e\u0301"), Syntax.YAML)))
                .contains("e\u0301");
        assertThat(Manifests.changedByHcl(onlyOne(job.formatted("\uF9A6", "e"), Syntax.YAML)))
                .contains("\uF9A6");
    }

    /// A server's answer about a stopped job says so.
    @Test
    void what_only_a_server_says_is_not_in_hcl() {
        String text =
                """
                {"ID": "a", "Stop": true, "Payload": "eA==", "TaskGroups": []}
                """;

        Resource declared = onlyOne(Form.HCL.write(onlyOne(text, Syntax.JSON)), Syntax.HCL);

        assertThat(declared).isEqualTo(onlyOne("job \"a\" {}", Syntax.HCL));
    }

    @ParameterizedTest
    @EnumSource(names = {"VARIABLE", "GIT_SOURCE", "NAMESPACE"})
    void other_kinds_that_people_declare_read_back_as_they_were(Kind kind) {
        Metadata metadata =
                Records.with(Metadata.named("", "a/b c"), "labels", Map.of("a.b/c", "yes"));
        for (int seed : Filled.SEEDS) {
            Record filled =
                    Records.with(Filled.record(Kinds.type(kind), seed), "metadata", metadata);
            Resource declared = declared((Resource) filled);

            assertThat(changed(declared, Form.HCL, Form.YAML, Form.JSON)).isEmpty();
        }
    }

    /// Without what only the server writes.
    private static Resource declared(Resource filled) {
        return onlyOne(Manifests.write(filled, Syntax.JSON), Syntax.JSON);
    }

    @Test
    void texts_that_look_like_something_else_stay_texts() {
        Resource variable =
                new Variable(
                        Metadata.named("default", "nomad/jobs/web"),
                        new VariableSpec(
                                Map.of(
                                        "password",
                                        "no\nyes",
                                        "port",
                                        "0080",
                                        "last",
                                        "\uFFFF",
                                        "lines",
                                        "a\n\uFFFF\n")));

        assertThat(changed(variable, Form.HCL, Form.YAML, Form.JSON)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void several_resources_read_back_in_their_order(Syntax syntax) {
        List<Resource> several =
                Stream.of("b", "a", "c")
                        .<Resource>map(name ->
                                new Variable(
                                        Metadata.named("default", name),
                                        new VariableSpec(Map.of("name", name))))
                        .toList();

        assertThat(all(Manifests.write(several, syntax), syntax)).isEqualTo(several);
    }

    @Test
    void every_real_job_reads_back_as_it_was() throws IOException {
        Optional<Corpus> corpus = Corpus.find();
        assumeTrue(corpus.isPresent(), "the corpus is not beside the project");

        List<String> changed = new ArrayList<>();
        int jobs = 0;
        for (Path file : CorpusLines.jobFiles(corpus.get().root())) {
            for (Resource resource : resources(file)) {
                jobs++;
                changed(resource, Form.values()).forEach(form -> changed.add(file + " " + form));
            }
        }

        assertThat(changed).isEmpty();
        assertThat(jobs).isGreaterThan(300);
    }

    /// The forms through which it does not come back as it was. Where none is left, it does not
    /// through any pair of them either: writing looks at nothing but the resource.
    private static List<String> changed(Resource resource, Form... forms) {
        List<String> changed = new ArrayList<>();
        for (Form form : forms) {
            Resource back = form.read(form.write(resource));
            if (!back.equals(resource)) {
                changed.add(form + ": " + difference(resource, back));
            }
        }
        return changed;
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

    private static String difference(Resource before, Resource after) {
        return before instanceof Job old && after instanceof Job now
                ? DiffText.of(Differ.jobs(old.spec(), now.spec()))
                : before + "\n" + after;
    }

    private static Resource onlyOne(String text, Syntax syntax) {
        return all(text, syntax).getFirst();
    }

    private static List<Resource> all(String text, Syntax syntax) {
        return switch (Manifests.read(text, "written", syntax, Inputs.none())) {
            case Read.Resources(var manifests, _) ->
                    manifests.stream().map(Manifest::resource).toList();
            case Read.Problems(var problems, _) ->
                    throw new AssertionError(problems.getFirst().text() + "\n" + text);
        };
    }

    /// A scaling block has a fixed type, and a task has one of `cpu` and one of `mem`; others are
    /// refused while reading.
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
                                List.of(
                                        scaling(task.scaling().getFirst(), "cpu"),
                                        scaling(task.scaling().getLast(), "mem"))))
                .toList();
    }

    private static TaskScaling scaling(TaskScaling scaling, String resource) {
        TaskScaling named = Records.with(scaling, "resource", resource);
        return Records.with(named, "type", Optional.empty()); // its label says it
    }
}
