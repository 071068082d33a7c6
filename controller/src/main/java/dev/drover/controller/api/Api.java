package dev.drover.controller.api;

import dev.drover.controller.admit.Admission;
import dev.drover.controller.http.Answer;
import dev.drover.controller.http.Reason;
import dev.drover.controller.http.Route;
import dev.drover.controller.metrics.StoreMetrics;
import dev.drover.controller.metrics.TaskMetrics;
import dev.drover.controller.nodes.NodeLinks;
import dev.drover.controller.nodes.Usages;
import dev.drover.controller.plan.CurrentView;
import dev.drover.store.durable.DurableStore;
import dev.drover.store.typed.Tables;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The routes of the API, in the order they are tried. docs/api.md has the same table for people.
public final class Api {
    private static final String ROOT = "/apis/drover.dev/v1";
    private static final String ALL = ROOT + "/{plural}";
    private static final String OF_CLUSTER = ROOT + "/{plural}/{name}";
    private static final String IN = ROOT + "/namespaces/{namespace}/{plural}";
    private static final String ONE = IN + "/{name}";
    private static final String JOB = ROOT + "/namespaces/{namespace}/jobs/{name}";
    private static final String ALLOCATION = ROOT + "/namespaces/{namespace}/allocations/{name}";

    private static final String NODE_STATS = ROOT + "/nodes/{name}/stats";
    private static final Answer OK = Answer.text("ok");

    private Api() {}

    /// What the routes speak to.
    ///
    /// @param store beneath the tables, for who looks after it
    /// @param view what the loops know
    /// @param unready why jobs cannot be taken; empty when they can
    /// @param sweep removes what is over and kept by nothing
    public record Parts(
            Tables tables,
            DurableStore store,
            Admission admission,
            NodeLinks links,
            InstantSource clock,
            CurrentView view,
            Supplier<Optional<String>> unready,
            Sweep sweep) {

        /// Removes what nobody needs; answers how many things went.
        public interface Sweep {
            /// Does it now.
            int run() throws InterruptedException;
        }
    }

    /// The table.
    public static List<Route> routes(Parts parts) {
        Reads reads = new Reads(parts.tables(), new Watching(parts.tables()), parts.clock());
        Writes writes = new Writes(parts.admission());
        Services services = new Services(parts.tables(), parts.clock());
        Remains remains = new Remains(parts.tables(), parts.links());
        return Stream.of(
                        ofServer(parts, reads), // first: some of their paths look like resources
                        ofServices(services), // so do these
                        ofStore(new Keeping(parts.store(), parts.clock()), parts),
                        ofPast(new Pasts(parts.tables())),
                        ofForecasts(new Forecasts(parts)), // so do theirs
                        ofResources(reads, writes),
                        ofJobs(writes, new Plans(parts.admission(), parts.view(), parts.clock())),
                        ofOperations(new Operations(parts.tables(), parts.admission())),
                        ofAllocations(remains, new Execs(remains)),
                        Schemas.routes(),
                        ofDiscovery())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Route> ofServer(Parts parts, Reads reads) {
        return List.of(
                new Route(
                        "GET",
                        ROOT + "/prefix/{plural}/{prefix}",
                        "allocations or evaluations whose id begins so",
                        reads::prefix),
                new Route(
                        "POST",
                        ROOT + "/system/gc",
                        "remove now what is over and kept by nothing",
                        _ -> sweep(parts)),
                new Route("GET", "/version", "the program's version", _ -> Answer.json(version())),
                new Route("GET", "/healthz", "`ok` while the process answers", _ -> OK),
                new Route("GET", "/livez", "the same", _ -> OK),
                new Route(
                        "GET",
                        "/readyz",
                        "`ok` when jobs can be taken and decided",
                        _ -> ready(parts)));
    }

    private static List<Route> ofServices(Services services) {
        return List.of(
                new Route(
                        "GET",
                        ROOT + "/services",
                        "who offers which service (`all=true`: also who does not pass; `watch=true`: and what becomes of it)",
                        services::all),
                new Route(
                        "GET",
                        ROOT + "/namespaces/{namespace}/services",
                        "the same, of one namespace",
                        services::within),
                new Route(
                        "GET",
                        ROOT + "/namespaces/{namespace}/services/{name}",
                        "who offers one service",
                        services::one));
    }

    private static List<Route> ofStore(Keeping keeping, Parts parts) {
        StoreMetrics metrics =
                new StoreMetrics(parts.store()::stats, () -> parts.unready().get().isEmpty());
        Usages usages = new Usages(parts.links());
        return List.of(
                new Route("GET", "/metrics", "OpenMetrics text", _ -> metrics.answer()),
                new Route(
                        "GET",
                        "/metrics/tasks",
                        "the same of what every running task uses",
                        _ -> TaskMetrics.answer(usages.ask())),
                new Route(
                        "GET",
                        ROOT + "/system/store",
                        "how the store fares",
                        _ -> keeping.status()),
                new Route(
                        "GET",
                        ROOT + "/system/store/backup",
                        "a backup of the store, as of one revision",
                        _ -> keeping.backup()),
                new Route(
                        "POST",
                        ROOT + "/system/store/compact",
                        "forget what was before `at=REVISION` or `at=TIME`; five minutes ago without",
                        keeping::compact));
    }

    private static List<Route> ofPast(Pasts pasts) {
        String what = "what happened to it, newest first";
        return List.of(
                new Route("GET", OF_CLUSTER + "/history", what, pasts::answer),
                new Route("GET", ONE + "/history", what, pasts::answer));
    }

    private static List<Route> ofResources(Reads reads, Writes writes) {
        return List.of(
                new Route("GET", ALL, "list or watch, of all namespaces", reads::collection),
                new Route("POST", ALL, "create a resource of the cluster", writes::create),
                new Route("GET", OF_CLUSTER, "read a resource of the cluster", reads::one),
                new Route(
                        "PUT",
                        OF_CLUSTER,
                        "create or replace a resource of the cluster",
                        writes::put),
                new Route("DELETE", OF_CLUSTER, "delete a resource of the cluster", writes::delete),
                new Route("GET", IN, "list or watch, of one namespace", reads::collection),
                new Route("POST", IN, "create", writes::create),
                new Route("GET", ONE, "read", reads::one),
                new Route("PUT", ONE, "create or replace", writes::put),
                new Route("DELETE", ONE, "delete", writes::delete));
    }

    private static List<Route> ofJobs(Writes writes, Plans plans) {
        return List.of(
                new Route(
                        "POST",
                        JOB + "/plan",
                        "what a PUT of the body would do to the job and its allocations",
                        plans::plan),
                new Route(
                        "POST",
                        JOB + "/stop",
                        "stop a job: its allocations end, it stays",
                        writes::stop));
    }

    private static List<Route> ofOperations(Operations operations) {
        return List.of(
                new Route(
                        "PATCH",
                        OF_CLUSTER,
                        "change what a merge patch names, of a resource of the cluster",
                        operations::patch),
                new Route("PATCH", ONE, "change what a merge patch names", operations::patch),
                new Route("GET", JOB + "/scale", "the count of a group", operations::scale),
                new Route("PUT", JOB + "/scale", "change the count", operations::rescale),
                new Route("PATCH", JOB + "/scale", "the same", operations::rescale),
                new Route(
                        "POST",
                        JOB + "/dispatch",
                        "launch a parameterized job with what the body brings",
                        operations::dispatch),
                new Route(
                        "POST",
                        JOB + "/periodic/force",
                        "launch a periodic job now",
                        operations::force),
                new Route(
                        "POST",
                        JOB + "/tag",
                        "give a kept version a name, or take it",
                        operations::tag));
    }

    private static List<Route> ofForecasts(Forecasts forecasts) {
        return List.of(
                new Route(
                        "GET",
                        JOB + "/why",
                        "why copies of the job have no place, and what would help",
                        forecasts::why),
                new Route(
                        "GET",
                        ROOT + "/whatif/{what}",
                        "what would move if nodes were drained, lost or added",
                        forecasts::whatIf),
                new Route(
                        "POST",
                        JOB + "/whatif",
                        "what would move if the body were run",
                        forecasts::run),
                new Route(
                        "GET",
                        JOB + "/whatif/scale",
                        "what would move if a group had another count",
                        forecasts::scale));
    }

    private static List<Route> ofAllocations(Remains remains, Execs execs) {
        return List.of(
                new Route(
                        "GET",
                        NODE_STATS,
                        "what the tasks of a node use (`history=true`: over the last hour)",
                        remains::statsOfNode),
                new Route(
                        "POST",
                        ALLOCATION + "/exec",
                        "run a command beside a task; its output is the answer",
                        execs::start),
                new Route(
                        "POST",
                        ROOT + "/exec/{session}/input",
                        "input for such a command",
                        execs::input),
                new Route("GET", ALLOCATION + "/stats", "what its tasks use", remains::stats),
                new Route("GET", ALLOCATION + "/logs", "a task's output", remains::logs),
                new Route("GET", ALLOCATION + "/files", "the names in a folder", remains::files),
                new Route("GET", ALLOCATION + "/stat", "what a path is", remains::stat),
                new Route("GET", ALLOCATION + "/file", "a file's bytes", remains::file));
    }

    private static List<Route> ofDiscovery() {
        return List.of(
                discovery("/api", "no core kinds", Discovery.core()),
                discovery("/apis", "the group", Discovery.groups()),
                discovery("/apis/drover.dev", "its versions", Discovery.group()),
                discovery(ROOT, "its kinds", Discovery.resources()));
    }

    private static Route discovery(String path, String what, String json) {
        return new Route("GET", path, "discovery: " + what, _ -> Answer.json(json));
    }

    private static Answer sweep(Parts parts) throws InterruptedException {
        int removed = parts.sweep().run();
        return Answer.json(
                Json.of(
                        Map.of(
                                "kind", Json.text("Status"),
                                "apiVersion", Json.text("v1"),
                                "status", Json.text("Success"),
                                "message",
                                        Json.text(
                                                removed == 0
                                                        ? "Nothing is over and kept by nothing"
                                                        : "Removed %d resource%s"
                                                                .formatted(
                                                                        removed,
                                                                        removed == 1
                                                                                ? ""
                                                                                : "s")))));
    }

    private static Answer ready(Parts parts) {
        return parts.unready().get().map(why -> Answer.failed(Reason.UNAVAILABLE, why)).orElse(OK);
    }

    /// As Kubernetes' clients want it; `gitVersion` is the version of Kubernetes whose conventions
    /// these are, with ours behind the plus.
    private static String version() {
        return Json.of(
                Map.of(
                        "major", Json.text("1"),
                        "minor", Json.text("32"),
                        "gitVersion", Json.text("v1.32.0+drover"),
                        "platform", Json.text("java")));
    }
}
