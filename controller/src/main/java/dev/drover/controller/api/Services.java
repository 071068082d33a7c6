package dev.drover.controller.api;

import dev.drover.controller.http.Answer;
import dev.drover.controller.http.Call;
import dev.drover.controller.http.RequestFailed;
import dev.drover.controller.nodes.OfferChanges;
import dev.drover.controller.nodes.Offers;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.ServiceInstance;
import dev.drover.store.Revision;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.TypedChange;
import dev.drover.store.typed.TypedDelivery;
import dev.drover.store.typed.TypedWatch;
import dev.drover.store.typed.WatchOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Answers who offers a service, at once or for as long as somebody watches.
final class Services {
    private final Tables tables;
    private final InstantSource clock;
    private final Offers offers;

    Services(Tables tables, InstantSource clock) {
        this.tables = tables;
        this.clock = clock;
        this.offers = new Offers(tables);
    }

    /// Of every namespace.
    Answer all(Call call) throws RequestFailed {
        return answer(call, _ -> true);
    }

    /// Of one namespace.
    Answer within(Call call) throws RequestFailed {
        String namespace = Target.plain(call.parameter("namespace"));
        return answer(call, service -> service.namespace().equals(namespace));
    }

    private Answer answer(Call call, Predicate<ResourceName> wanted) throws RequestFailed {
        if (call.flag("watch")) {
            ListQuery query = ListQuery.of(call, tables.store(), clock.instant());
            boolean everything = call.flag("all");
            return new Answer.Stream(
                    Answer.JSON,
                    sink -> new Watched(wanted, everything, sink).send(query.timeout()));
        }
        return answer(call, offers.services().stream().filter(wanted).toList());
    }

    /// The instances of one service.
    Answer one(Call call) throws RequestFailed {
        String namespace = Target.plain(call.parameter("namespace"));
        String name = Target.plain(call.parameter("name"));
        return answer(call, List.of(new ResourceName(namespace, name)));
    }

    /// Only what may be used, unless everything is asked for.
    private Answer answer(Call call, List<ResourceName> services) throws RequestFailed {
        boolean everything = call.flag("all");
        List<ServiceInstance> found =
                offers.of(services).stream()
                        .filter(instance -> everything || instance.passing())
                        .toList();
        return Answer.json(
                "{\"kind\":\"ServiceList\",\"apiVersion\":\"%s\",\"items\":[%s]}"
                        .formatted(
                                Kind.API_VERSION,
                                found.stream()
                                        .map(RecordJson::text)
                                        .collect(Collectors.joining(",")))); // also when empty
    }

    /// One watch: first what is offered, then what becomes of it, a line of JSON for each event.
    private final class Watched {
        private final OfferChanges changes;
        private final Predicate<ResourceName> wanted;
        private final Answer.Sink sink;

        Watched(Predicate<ResourceName> wanted, boolean everything, Answer.Sink sink) {
            this.wanted = wanted;
            this.sink = sink;
            changes =
                    new OfferChanges(one ->
                            wanted.test(new ResourceName(one.namespace(), one.name()))
                                    && (everything || one.passing()));
        }

        void send(Duration timeout) throws IOException, InterruptedException {
            long end = System.nanoTime() + timeout.toNanos();
            Revision from = tables.revision(); // before reading: newer is seen again, never lost
            say(changes.begin(offers.of(offers.services().stream().filter(wanted).toList())));
            try (TypedWatch<Allocation> watch =
                    tables.allocations().watch(WatchOptions.from(from.next()))) {
                boolean open = true;
                long left = end - System.nanoTime();
                while (open && left > 0) {
                    Optional<TypedDelivery<Allocation>> next = watch.next(Duration.ofNanos(left));
                    open = next.isEmpty() || take(next.get());
                    left = end - System.nanoTime();
                }
            }
        }

        /// False when the watch has lost its place: whoever watches begins again.
        private boolean take(TypedDelivery<Allocation> delivery)
                throws IOException, InterruptedException {
            return switch (delivery) {
                case TypedDelivery.Frame<Allocation>(var all) -> {
                    for (TypedChange<Allocation> change : all) {
                        say(changes.of(change));
                    }
                    yield true;
                }
                case TypedDelivery.Bookmark<Allocation> _,
                        TypedDelivery.InitialDone<Allocation> _ ->
                        true;
                case TypedDelivery.TooOld<Allocation> _, TypedDelivery.Forbidden<Allocation> _ ->
                        false;
            };
        }

        private void say(List<OfferChanges.Event> events) throws IOException, InterruptedException {
            StringBuilder lines = new StringBuilder();
            for (OfferChanges.Event event : events) {
                lines.append("{\"type\":\"")
                        .append(event.type().name())
                        .append("\",\"object\":")
                        .append(RecordJson.text(event.instance()))
                        .append("}\n");
            }
            if (!lines.isEmpty()) {
                sink.write(lines.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
