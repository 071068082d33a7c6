package dev.drover.controller.api;

import dev.drover.controller.http.Answer;
import dev.drover.controller.http.Call;
import dev.drover.controller.http.Reason;
import dev.drover.controller.http.RequestFailed;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.store.At;
import dev.drover.store.Revision;
import dev.drover.store.typed.AllocationIndex;
import dev.drover.store.typed.TableListing;
import dev.drover.store.typed.TableLookup;
import dev.drover.store.typed.TableQuery;
import dev.drover.store.typed.Tables;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Answers GET: one resource, a list, or (by `Watching`) a watch.
final class Reads {
    /// Rows read at once: a selection that takes few of many must not hold them all.
    private static final int BATCH = 1_000;

    /// More than a person wants to tell apart.
    private static final int PREFIX_MAX = 10;

    private final Tables tables;
    private final Watching watching;
    private final InstantSource clock;

    Reads(Tables tables, Watching watching, InstantSource clock) {
        this.tables = tables;
        this.watching = watching;
        this.clock = clock;
    }

    Answer one(Call call) throws RequestFailed {
        Target target = Target.of(call);
        Optional<At> moment = Moment.of(call, tables.store(), clock.instant());
        Resource resource =
                moment.isPresent()
                        ? then(target, moment.get())
                        : tables.of(target.kind())
                                .get(target.resourceName())
                                .orElseThrow(() -> new RequestFailed(target.missing()));
        return Answer.json(view(call).one(resource));
    }

    private View view(Call call) {
        return View.of(call, clock, this::holds);
    }

    private List<Hold> holds() {
        return tables.of(Kind.HOLD).list().stream().map(Hold.class::cast).toList();
    }

    private Resource then(Target target, At moment) throws RequestFailed {
        return switch (tables.of(target.kind()).get(target.resourceName(), moment)) {
            case TableLookup.Found<Resource>(var row, _) -> row;
            case TableLookup.Absent<Resource>(var revision) ->
                    throw new RequestFailed(
                            target.failure(
                                    Reason.NOT_FOUND,
                                    "%s.drover.dev \"%s\" was not there at revision %s"
                                            .formatted(
                                                    target.kind().plural(),
                                                    target.name(),
                                                    revision)));
            case TableLookup.TooOld<Resource>(var compacted, _) ->
                    throw new RequestFailed(Moment.forgotten(compacted));
            case TableLookup.TooNew<Resource>(var current) ->
                    throw new RequestFailed(Moment.future(current));
        };
    }

    Answer collection(Call call) throws RequestFailed {
        Target target = Target.of(call);
        ListQuery query = ListQuery.of(call, tables.store(), clock.instant());
        View view = view(call);
        return call.flag("watch")
                ? watching.answer(target, query, view)
                : Answer.json(list(target, query, view));
    }

    private String list(Target target, ListQuery query, View view) throws RequestFailed {
        Optional<TableListing<Allocation>> indexed = indexed(target, query);
        TableListing.Page<? extends Resource> page =
                indexed.isPresent()
                        ? begin(read(indexed.get()), target, query)
                        : walk(target, query);
        Optional<String> next =
                page.next().map(name -> new ContinueToken(page.revision(), name).text());
        return view.list(
                target.kind(), List.copyOf(page.rows()), new View.Page(page.revision(), next));
    }

    /// Where allocations of one node or job are wanted as they are now, the index has them: of a
    /// million, nobody wants to have all read for the ten of a node.
    private Optional<TableListing<Allocation>> indexed(Target target, ListQuery query) {
        boolean known =
                target.kind() == Kind.ALLOCATION
                        && query.beginning().isEmpty()
                        && switch (query.at()) {
                            case At.Newest _ -> true;
                            case At.NotOlderThan(Revision oldest) ->
                                    !tables.revision().before(oldest);
                            case At.Exactly _ -> false;
                        };
        if (!known) {
            return Optional.empty();
        }
        AllocationIndex index = tables.allocationIndex();
        Optional<String> job =
                query.selection().value("spec.jobName").filter(_ -> !target.namespace().isEmpty());
        return job.map(name -> index.listOfJob(new ResourceName(target.namespace(), name)))
                .or(() -> query.selection().value("spec.node").map(index::listOnNode));
    }

    /// The first page of all those rows.
    private static TableListing.Page<Allocation> begin(
            TableListing.Page<Allocation> all, Target target, ListQuery query) {
        List<Allocation> found =
                all.rows().stream()
                        .filter(row -> target.covers(row.name()) && query.selection().selects(row))
                        .toList();
        if (found.size() <= query.limit()) {
            return new TableListing.Page<>(found, all.revision(), Optional.empty());
        }
        List<Allocation> page = found.subList(0, query.limit());
        return new TableListing.Page<>(page, all.revision(), Optional.of(page.getLast().name()));
    }

    /// Reads row by row until the page is full.
    private TableListing.Page<Resource> walk(Target target, ListQuery query) throws RequestFailed {
        List<Resource> found = new ArrayList<>();
        At at = query.at();
        Optional<ResourceName> after = query.after().map(ContinueToken::after);
        Revision revision = Revision.NONE;
        boolean more = true;
        while (more && found.size() < query.limit()) {
            int rows = Math.min(BATCH, query.limit() - found.size());
            TableListing.Page<Resource> page =
                    page(target, new Batch(query.beginning(), at, after, rows));
            page.rows().stream().filter(query.selection()::selects).forEach(found::add);
            revision = page.revision();
            at = new At.Exactly(revision); // all pages are of one moment
            after = page.next();
            more = after.isPresent();
        }
        return new TableListing.Page<>(found, revision, after);
    }

    private record Batch(String beginning, At at, Optional<ResourceName> after, int rows) {}

    private TableListing.Page<Resource> page(Target target, Batch batch) throws RequestFailed {
        if (!batch.beginning().isEmpty() && target.namespace().isEmpty()) {
            throw new RequestFailed(
                    Reason.BAD_REQUEST, "nameBeginning is for lists of one namespace: name it");
        }
        TableQuery query =
                new TableQuery(
                        Optional.of(target.namespace()).filter(n -> !n.isEmpty()),
                        batch.beginning(),
                        batch.at(),
                        batch.rows(),
                        batch.after());
        return read(tables.of(target.kind()).list(query));
    }

    static <T> TableListing.Page<T> read(TableListing<T> listing) throws RequestFailed {
        return switch (listing) {
            case TableListing.Page<T> page -> page;
            case TableListing.TooOld<T>(var compacted, _) ->
                    throw new RequestFailed(
                            Reason.EXPIRED,
                            "what the list began with is forgotten (everything before revision %s): list again"
                                    .formatted(compacted));
            case TableListing.TooNew<T>(var current) ->
                    throw new RequestFailed(Moment.future(current));
        };
    }

    /// Resources whose id begins with something, of all namespaces.
    Answer prefix(Call call) throws RequestFailed {
        Kind kind = Target.kind(call.parameter("plural"));
        if (kind != Kind.ALLOCATION && kind != Kind.EVALUATION) {
            throw new RequestFailed(
                    Reason.NOT_FOUND,
                    "prefixes are known of allocations and evaluations, not of " + kind.plural());
        }
        Revision revision = tables.revision();
        List<Resource> found = tables.of(kind).beginning(call.parameter("prefix"), PREFIX_MAX);
        return Answer.json(view(call).list(kind, found, new View.Page(revision, Optional.empty())));
    }
}
