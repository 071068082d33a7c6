package dev.drover.node.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.manifests.model.ServiceInstance;
import dev.drover.manifests.model.VariableSpec;
import dev.drover.manifests.wire.Inquiry;
import dev.drover.manifests.wire.Knowledge;
import dev.drover.node.hook.TaskContext;
import dev.drover.node.hook.TaskContexts;
import dev.drover.node.template.TemplateHook.Rendered;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Templates that read what the server keeps.
final class ServerLookupTest {
    @TempDir Path folder;

    private final Map<Inquiry, Knowledge> server = new HashMap<>();
    private final TemplateHook hook =
            new TemplateHook(
                    task ->
                            ServerLookup.of(
                                    (_, inquiry) -> Optional.ofNullable(server.get(inquiry)), task),
                    InstantSource.fixed(Instant.EPOCH),
                    _ -> folder.resolve("marks"));

    private static ServiceInstance db(String allocation, int port) {
        return new ServiceInstance(
                "db",
                "default",
                "data",
                "g",
                allocation,
                "n1",
                "10.0.0.1",
                port,
                List.of("main"),
                true,
                List.of());
    }

    private static Knowledge items(String value) {
        return new Knowledge.Items(new VariableSpec(Map.of("password", value)));
    }

    private List<Rendered> rendered(String template) throws IOException {
        String quoted = template.replace("\"", "\\\"");
        TaskContext task =
                TaskContexts.of(
                        folder,
                        "\"templates\":[{\"data\":\""
                                + quoted
                                + "\",\"destination\":\"local/x\"}]");
        return hook.rendered(task);
    }

    private String text(String template) throws IOException {
        return rendered(template).getFirst().text();
    }

    @Test
    void a_variable_is_read_by_its_keys() throws IOException {
        server.put(new Inquiry.Variable("nomad/jobs/web"), items("hush"));

        assertThat(text("{{ with nomadVar \"nomad/jobs/web\" }}{{ .password }}{{ end }}"))
                .isEqualTo("hush");
        assertThat(
                        text(
                                "{{ range $k, $v := nomadVar \"nomad/jobs/web\" }}{{ $k }}={{ $v }}{{ end }}"))
                .isEqualTo("password=hush");
    }

    @Test
    void one_that_is_not_there_is_missing_unless_only_that_is_asked() throws IOException {
        server.put(new Inquiry.Variable("nomad/jobs"), new Knowledge.Nothing());

        assertThat(text("{{ nomadVarExists \"nomad/jobs\" }}")).isEqualTo("false");
        assertThatThrownBy(() -> text("{{ nomadVar \"nomad/jobs\" }}"))
                .hasMessageContaining("Missing: nomadVar nomad/jobs");
    }

    @Test
    void variables_are_listed() throws IOException {
        server.put(new Inquiry.Variables(""), new Knowledge.Paths(List.of("nomad/jobs")));

        assertThat(text("{{ range nomadVarList }}{{ .Path }}@{{ .Namespace }}{{ end }}"))
                .isEqualTo("nomad/jobs@default");
    }

    @Test
    void a_service_has_its_instances() throws IOException {
        server.put(
                new Inquiry.Service("db"),
                new Knowledge.Instances(List.of(db("a", 1), db("b", 2), db("c", 3))));
        server.put(
                new Inquiry.Services(), new Knowledge.Instances(List.of(db("a", 1), db("b", 2))));

        assertThat(text("{{ range nomadService \"db\" }}{{ .Address }}:{{ .Port }} {{ end }}"))
                .isEqualTo("10.0.0.1:1 10.0.0.1:2 10.0.0.1:3 ");
        assertThat(text("{{ range nomadServices }}{{ .Name }}{{ .Tags }}{{ end }}"))
                .isEqualTo("db[main]");
        String one = text("{{ range nomadService 1 \"key\" \"db\" }}{{ .AllocID }}{{ end }}");
        assertThat(one).hasSize(1);
        assertThat(text("{{ range nomadService 1 \"key\" \"db\" }}{{ .AllocID }}{{ end }}"))
                .isEqualTo(one);
    }

    @Test
    void what_was_read_and_changes_is_seen() throws IOException {
        server.put(new Inquiry.Variable("nomad/jobs"), items("one"));
        Rendered before =
                rendered("{{ with nomadVar \"nomad/jobs\" }}{{ .password }}{{ end }}").getFirst();
        assertThat(hook.fresh(before)).isTrue();

        server.clear(); // nobody answers: it is as it was
        assertThat(hook.fresh(before)).isTrue();
        server.put(new Inquiry.Variable("nomad/jobs"), items("two"));
        assertThat(hook.fresh(before)).isFalse();
    }

    @Test
    void no_message_holds_a_value() {
        server.put(new Inquiry.Variable("nomad/jobs"), items("c4nary"));

        assertThatThrownBy(() ->
                        text("{{ with nomadVar \"nomad/jobs\" }}{{ parseInt .password }}{{ end }}"))
                .hasMessageNotContaining("c4nary")
                .hasMessageContaining("•••");
    }

    @Test
    void a_no_says_why() {
        server.put(new Inquiry.Variable("x"), new Knowledge.Denied("a task may read y"));

        assertThatThrownBy(() -> text("{{ nomadVar \"x\" }}"))
                .hasMessageContaining("nomadVar x: a task may read y");
        assertThatThrownBy(() -> text("{{ nomadService \"y\" }}"))
                .isInstanceOf(Missing.class)
                .hasMessageContaining("Missing: the server's answer to nomadService y");
        assertThatThrownBy(() -> text("{{ service \"y\" }}"))
                .hasMessageContaining("no Consul is connected");
    }
}
