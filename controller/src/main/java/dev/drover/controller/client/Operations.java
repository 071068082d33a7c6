package dev.drover.controller.client;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Dispatch;
import dev.drover.manifests.model.Explanation;
import dev.drover.manifests.model.Forecast;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What people do to what is there, and what they ask before they do it.
public final class Operations {
    private static final int CONFLICT = 409;

    /// A status is written a few times in a second at most, a request takes milliseconds.
    private static final int ATTEMPTS = 10;

    private final Client client;

    /// On the client's server.
    public Operations(Client client) {
        this.client = client;
    }

    /// Changes these fields of the spec, and no other; nothing removes.
    public <T extends Resource> Written<T> patch(
            Type<T> type, ResourceName name, Map<String, Value> spec) throws IOException {
        return patch(type, Map.of("spec", new Value.Fields(spec)), name);
    }

    private <T extends Resource> Written<T> patch(
            Type<T> type, Map<String, Value> fields, ResourceName name) throws IOException {
        String target = Paths.one(type.kind(), name);
        String patch = RecordJson.value(new Value.Fields(fields));
        return client.written(type, Request.write("PATCH", target, patch));
    }

    /// The same with fields made of what is there, as a list with one more in it: when somebody
    /// else wrote meanwhile, of what is there then, so that neither loses what the other added.
    public <T extends Resource> Written<T> revise(
            Type<T> type, T seen, Function<T, Map<String, Value>> spec) throws IOException {
        T now = seen;
        for (int attempt = 1; ; attempt++) {
            Value revision = new Value.Text(now.metadata().resourceVersion().orElse(""));
            try {
                return patch(
                        type,
                        Map.of(
                                "metadata", new Value.Fields(Map.of("resourceVersion", revision)),
                                "spec", new Value.Fields(spec.apply(now))),
                        now.name());
            } catch (Refused changed) {
                if (changed.code() != CONFLICT || attempt == ATTEMPTS) {
                    throw changed;
                }
                now = client.find(type, now.name()).orElseThrow(() -> changed);
            }
        }
    }

    /// Another count of a job's group; of its only one when none is named.
    public Written<Job> scale(ResourceName job, Optional<String> group, int count)
            throws IOException {
        Value replicas =
                new Value.Fields(Map.of("replicas", new Value.Num(BigDecimal.valueOf(count))));
        String body = RecordJson.value(new Value.Fields(Map.of("spec", replicas)));
        return client.written(
                Type.JOBS,
                Request.write(
                        "PUT",
                        of(job, "/scale" + group.map(g -> "?group=" + Paths.query(g)).orElse("")),
                        body),
                job);
    }

    /// Launches a parameterized job.
    public Written<Job> dispatch(ResourceName job, Dispatch brought) throws IOException {
        return client.written(
                Type.JOBS, Request.write("POST", of(job, "/dispatch"), RecordJson.text(brought)));
    }

    /// Launches a periodic job now.
    public Written<Job> force(ResourceName job) throws IOException {
        return client.written(Type.JOBS, Request.write("POST", of(job, "/periodic/force"), "{}"));
    }

    /// Gives a kept version a name, or takes it.
    public Written<JobVersion> tag(ResourceName job, int version, Optional<String> tag)
            throws IOException {
        String query =
                "/tag?version=" + version + tag.map(t -> "&tag=" + Paths.query(t)).orElse("");
        return client.written(Type.JOB_VERSIONS, Request.write("POST", of(job, query), "{}"));
    }

    /// Why a job is not as it should be; now, or at a revision or time.
    ///
    /// @param scores whether to say how good nodes are for one more copy
    public Explanation why(ResourceName job, Optional<String> at, boolean scores)
            throws IOException {
        List<String> terms = new ArrayList<>();
        at.ifPresent(text -> terms.add("at=" + Paths.query(text)));
        if (scores) {
            terms.add("scores=true");
        }
        String query = "/why" + (terms.isEmpty() ? "" : "?" + String.join("&", terms));
        return RecordJson.read(Explanation.class, client.text(Request.read(of(job, query))));
    }

    /// What would happen to the cluster.
    ///
    /// @param what `drain`, `lose` or `add`
    /// @param terms by name; see docs/api.md
    public Forecast whatIf(String what, Map<String, String> terms) throws IOException {
        return forecast(Request.read(Paths.whatIf(what, terms)));
    }

    /// What would happen if a group had another count.
    public Forecast whatIfScaled(ResourceName job, String group, int count) throws IOException {
        String query = "/whatif/scale?group=" + Paths.query(group) + "&count=" + count;
        return forecast(Request.read(of(job, query)));
    }

    /// What would happen if the job were run.
    public Forecast whatIfRun(Job wanted) throws IOException {
        Resource unconditional = wanted.withMetadata(wanted.metadata().at("0"));
        return forecast(
                Request.write(
                        "POST", of(wanted.name(), "/whatif"), RecordJson.manifest(unconditional)));
    }

    private Forecast forecast(Request request) throws IOException {
        return RecordJson.read(Forecast.class, client.text(request));
    }

    private static String of(ResourceName job, String rest) {
        return Paths.one(Kind.JOB, job) + rest;
    }
}
