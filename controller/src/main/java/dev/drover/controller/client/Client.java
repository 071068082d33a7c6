package dev.drover.controller.client;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Plan;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.ServiceInstance;
import dev.drover.manifests.model.ServiceListing;
import dev.drover.manifests.wire.ExecInput;
import dev.drover.manifests.wire.ExecRequest;
import dev.drover.manifests.wire.FileEntry;
import dev.drover.manifests.wire.StoreStatus;
import dev.drover.manifests.wire.TaskUsage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The server's API, one method for each thing a command asks. Every method fails with
/// `Unreachable` when nobody answers and with `Refused` when the server says no.
public final class Client {
    private final Http http;

    /// The past moment it asks about; empty for now.
    private final Optional<String> moment;

    /// A client of the server at `address`; connects when asked something.
    public Client(Address address) {
        this(new Http(address));
    }

    Client(Http http) {
        this(http, Optional.empty());
    }

    private Client(Http http, Optional<String> moment) {
        this.http = http;
        this.moment = moment;
    }

    /// One that finds and lists what was there then.
    ///
    /// @param then a revision, or a time in ISO 8601
    public Client at(String then) {
        return new Client(http, Optional.of(then));
    }

    private String moment(String separator) {
        return moment.map(then -> separator + "at=" + Paths.query(then)).orElse("");
    }

    /// The server it asks.
    public Address address() {
        return http.address();
    }

    /// The resource of that name.
    public <T extends Resource> Optional<T> find(Type<T> type, ResourceName name)
            throws IOException {
        try {
            return Optional.of(
                    type.read(text(Request.read(Paths.one(type.kind(), name) + moment("?")))));
        } catch (Refused e) {
            if (e.code() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Resources of a type; of every namespace when `namespace` is empty.
    public <T extends Resource> Listing<T> list(Type<T> type, String namespace, Where where)
            throws IOException {
        String query = where.query("?");
        return listing(
                type,
                Paths.all(type.kind(), namespace) + query + moment(query.isEmpty() ? "?" : "&"));
    }

    /// The same as a table of words, as the server shows them: reading a hundred rows costs a
    /// command a fifth of reading a hundred resources.
    public ServerTable table(Kind kind, String namespace) throws IOException {
        boolean everywhere = kind.namespaced() && namespace.isEmpty();
        String query = "?includeObject=" + (everywhere ? "Metadata" : "None") + moment("&");
        return TableReader.read(text(Request.table(Paths.all(kind, namespace) + query)));
    }

    /// What changes in such a table after it was shown. Close it.
    public Watch<TableRow> watch(Kind kind, String namespace, ServerTable shown)
            throws IOException {
        String target =
                Paths.all(kind, namespace)
                        + "?watch=true&includeObject=Metadata&resourceVersion="
                        + Paths.query(shown.revision());
        return new Watch<>(
                send(Request.followTable(target)),
                object -> TableReader.row(object, shown.columns()));
    }

    /// Allocations or evaluations whose id begins so, of every namespace; ten at most.
    public <T extends Resource> List<T> beginning(Type<T> type, String prefix) throws IOException {
        if (moment.isPresent()) {
            return list(type, "", Where.ANY).items().stream()
                    .filter(resource -> resource.metadata().name().startsWith(prefix))
                    .toList();
        }
        return listing(type, Paths.prefixed(type.kind(), prefix)).items();
    }

    /// What happened to a resource as far as it is remembered, newest first.
    public <T extends Resource> List<Past<T>> history(Type<T> type, ResourceName name)
            throws IOException {
        String target = Paths.one(type.kind(), name) + "/history";
        List<Past<T>> changes = new ArrayList<>();
        for (String item : Envelope.list(text(Request.read(target))).texts()) {
            Envelope.Event event = Envelope.event(item);
            changes.add(
                    new Past<>(
                            event.type(),
                            event.time().map(Instant::parse),
                            type.read(event.object())));
        }
        return changes;
    }

    private <T extends Resource> Listing<T> listing(Type<T> type, String target)
            throws IOException {
        Envelope.Items items = Envelope.list(text(Request.read(target)));
        List<T> resources = new ArrayList<>(items.texts().size());
        for (String item : items.texts()) {
            resources.add(type.read(item));
        }
        return new Listing<>(resources, items.revision());
    }

    /// Changes of such resources after a revision.
    public <T extends Resource> Watch<T> watch(
            Type<T> type, String namespace, Where where, String revision) throws IOException {
        return watch(watching(type, namespace, where, revision), type);
    }

    /// The same, ended by the server after so long: for those who look at something else too.
    public <T extends Resource> Watch<T> watch(
            Type<T> type, String namespace, Where where, String revision, Duration atMost)
            throws IOException {
        String target = watching(type, namespace, where, revision);
        return watch(target + "&timeoutSeconds=" + atMost.toSeconds(), type);
    }

    private static String watching(Type<?> type, String namespace, Where where, String revision) {
        return Paths.all(type.kind(), namespace)
                + "?watch=true&resourceVersion="
                + Paths.query(revision)
                + where.query("&");
    }

    private <T extends Resource> Watch<T> watch(String target, Type<T> type) throws IOException {
        return new Watch<>(send(Request.follow(target)), type::read);
    }

    /// Creates the resource, or gives the one of its name this spec. Without a condition: the
    /// server itself looks again when somebody else writes at the same moment, as its loops do all
    /// the time.
    public <T extends Resource> Written<T> apply(Type<T> type, T wanted) throws IOException {
        return put(type, wanted, "");
    }

    /// What `apply` would do; nothing is written.
    public <T extends Resource> Written<T> rehearse(Type<T> type, T wanted) throws IOException {
        return put(type, wanted, "?dryRun=All");
    }

    private <T extends Resource> Written<T> put(Type<T> type, T wanted, String query)
            throws IOException {
        Resource unconditional = wanted.withMetadata(wanted.metadata().at("0"));
        String target = Paths.one(type.kind(), wanted.name()) + query;
        return written(type, Request.write("PUT", target, RecordJson.manifest(unconditional)));
    }

    /// What a write of the job would do to its allocations.
    public Plan plan(Job wanted) throws IOException {
        String target = Paths.one(Kind.JOB, wanted.name()) + "/plan";
        Resource unconditional = wanted.withMetadata(wanted.metadata().at("0"));
        return RecordJson.read(
                Plan.class,
                text(Request.write("POST", target, RecordJson.manifest(unconditional))));
    }

    /// Stops a job: its allocations end, it stays.
    public Written<Job> stop(ResourceName job) throws IOException {
        String target = Paths.one(Kind.JOB, job) + "/stop";
        return written(Type.JOBS, Request.write("POST", target, "{}"));
    }

    /// Sends a write.
    <T extends Resource> Written<T> written(Type<T> type, Request request) throws IOException {
        try (Reply reply = send(request)) {
            return written(reply, type.read(reply.text()));
        }
    }

    /// Sends a write that is answered by something else; the resource is read afterwards.
    <T extends Resource> Written<T> written(Type<T> type, Request request, ResourceName name)
            throws IOException {
        try (Reply reply = send(request)) {
            T now =
                    find(type, name)
                            .orElseThrow(() -> new IOException(name + " has just been removed"));
            return written(reply, now);
        }
    }

    private static <T extends Resource> Written<T> written(Reply reply, T now) {
        return switch (reply.header("drover-effect")) {
            case "created" -> new Written.Created<>(now);
            case "unchanged" -> new Written.Unchanged<>(now);
            default -> new Written.Changed<>(now);
        };
    }

    /// Deletes a resource and everything that lives by it. False when it is still there: what lives
    /// by it ends first.
    public boolean delete(Kind kind, ResourceName name) throws IOException {
        try (Reply reply = send(Request.delete(Paths.one(kind, name)))) {
            return reply.header("drover-effect").equals("deleted");
        }
    }

    /// A task's output, byte for byte, as it comes. Close it.
    public Reply logs(LogRequest wanted) throws IOException {
        var allocation = new ResourceName(wanted.namespace(), wanted.allocation());
        String target = ofAllocation(allocation, "/logs" + wanted.query());
        return send(wanted.part().follow() ? Request.follow(target) : Request.read(target));
    }

    /// What a path of an allocation is.
    public FileEntry stat(ResourceName allocation, String path) throws IOException {
        String target = ofAllocation(allocation, "/stat?path=" + Paths.query(path));
        return RecordJson.read(FileEntry.class, text(Request.read(target)));
    }

    /// The names in a folder of an allocation.
    public List<FileEntry> files(ResourceName allocation, String path) throws IOException {
        String target = ofAllocation(allocation, "/files?path=" + Paths.query(path));
        List<FileEntry> entries = new ArrayList<>();
        for (String line : text(Request.read(target)).lines().toList()) {
            entries.add(RecordJson.read(FileEntry.class, line));
        }
        return List.copyOf(entries);
    }

    /// A file of an allocation from a byte on, as it comes. Close it.
    public Reply file(ResourceName allocation, String path, long offset) throws IOException {
        return send(Request.read(ofAllocation(allocation, file(path, offset))));
    }

    /// The same, and what is written to it until the allocation has ended. Close it.
    public Reply followed(ResourceName allocation, String path, long offset) throws IOException {
        return send(Request.follow(ofAllocation(allocation, file(path, offset) + "&follow=true")));
    }

    private static String file(String path, long offset) {
        return "/file?path=" + Paths.query(path) + "&offset=" + offset;
    }

    /// Starts a command beside a task; its output as `ExecFrame`s. Close it.
    public Reply exec(ResourceName allocation, ExecRequest wanted) throws IOException {
        return send(Request.converse(ofAllocation(allocation, "/exec"), RecordJson.text(wanted)));
    }

    /// Gives input to a command; returns when there is room for more, however long that takes.
    /// False when it has ended.
    public boolean give(String session, ExecInput input) throws IOException {
        try {
            text(Request.converse(Paths.input(session), RecordJson.text(input)));
            return true;
        } catch (Refused ended) {
            return false;
        }
    }

    /// What the tasks of an allocation use now.
    public List<TaskUsage> usage(ResourceName allocation) throws IOException {
        return usages(ofAllocation(allocation, "/stats"));
    }

    /// What the tasks of a node use now.
    public List<TaskUsage> usageOfNode(String node) throws IOException {
        return usages(Paths.one(Kind.NODE, ResourceName.cluster(node)) + "/stats");
    }

    private List<TaskUsage> usages(String target) throws IOException {
        List<TaskUsage> usages = new ArrayList<>();
        for (String line : text(Request.read(target)).lines().toList()) {
            usages.add(RecordJson.read(TaskUsage.class, line));
        }
        return List.copyOf(usages);
    }

    private static String ofAllocation(ResourceName allocation, String rest) {
        return Paths.one(Kind.ALLOCATION, allocation) + rest;
    }

    /// Who offers which service in a namespace, also those that do not pass.
    public ServiceListing services(String namespace) throws IOException {
        return RecordJson.read(
                ServiceListing.class, text(Request.read(Paths.services(namespace) + "?all=true")));
    }

    /// The same, and what becomes of it; first everything there is.
    public Watch<ServiceInstance> watchServices(String namespace) throws IOException {
        String target = Paths.services(namespace) + "?all=true&watch=true";
        return new Watch<>(
                send(Request.follow(target)),
                object -> RecordJson.read(ServiceInstance.class, object));
    }

    /// How the server's store fares.
    public StoreStatus storeStatus() throws IOException {
        return RecordJson.read(StoreStatus.class, text(Request.read(Paths.STORE)));
    }

    /// Has the store forget what was before a revision or a time; before five minutes ago when
    /// neither is said.
    public StoreStatus compactStore(Optional<String> then) throws IOException {
        String query = then.map(at -> "?at=" + Paths.query(at)).orElse("");
        return RecordJson.read(
                StoreStatus.class,
                text(Request.write("POST", Paths.STORE + "/compact" + query, "{}")));
    }

    /// A backup of the store, as it is made. Close it.
    public Reply backupStore() throws IOException {
        return send(Request.follow(Paths.STORE + "/backup"));
    }

    /// Removes what is over and kept by nothing any more, now instead of at its time. Answers with
    /// how much that was.
    public String collectGarbage() throws IOException {
        return StatusReader.message(text(Request.write("POST", Paths.GARBAGE, "{}")));
    }

    private Reply send(Request request) throws IOException {
        Reply reply = http.send(request);
        if (reply.success()) {
            return reply;
        }
        try (reply) {
            throw StatusReader.read(reply.status(), reply.text());
        }
    }

    /// The text that answers a request.
    String text(Request request) throws IOException {
        try (Reply reply = send(request)) {
            return reply.text();
        }
    }
}
