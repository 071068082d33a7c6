package dev.drover.controller.cli;

import dev.drover.controller.client.Past;
import dev.drover.controller.client.Refused;
import dev.drover.controller.client.Type;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// `drover history KIND NAME`: every change of one resource that is remembered, newest first.
final class PastCommand implements Command {
    /// `/jobs/default/web`: an empty text, the kind, the namespace and the name.
    private static final int PARTS_OF_A_KEY = 4;

    /// Of one change; a new job has hundreds, of which a screen shows the first.
    private static final int LINES_MAX = 30;

    private static final int NOT_FOUND = 404;

    @Override
    public CommandSpec spec() {
        return Options.shows(
                        "history",
                        "Shows every change of a resource that is remembered, newest first.",
                        List.of(
                                "drover history job web",
                                "drover history /jobs/default/web",
                                "drover history alloc 5f0c -o json"))
                .addPositional(
                        Options.required(
                                0, "KIND", "A kind, or the key of a resource in the store."))
                .addPositional(Options.optional(1, "NAME", "A name, or its beginning."));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        String first = invocation.required(0);
        if (first.startsWith("/")) {
            show(of(Type.of(kindOfKey(first)), nameOfKey(first), invocation), invocation);
            return 0;
        }
        KindName typed = KindName.of(invocation);
        Kind kind = GetCommand.kind(typed.kind());
        if (typed.name().isEmpty()) {
            throw new CommandFailure(
                    "history needs the name of a " + kind.text().toLowerCase(Locale.ROOT),
                    "",
                    "`drover get %s` lists them; `drover job history JOB` shows a job's versions"
                            .formatted(kind.plural()));
        }
        show(named(Type.of(kind), typed.name().get(), invocation), invocation);
        return 0;
    }

    /// A whole name first: what is gone cannot be looked up by its beginning.
    private static <T extends Resource> List<Past<T>> named(
            Type<T> type, String typed, Invocation invocation) throws IOException, CommandFailure {
        ResourceName whole =
                type.kind().namespaced()
                        ? new ResourceName(invocation.namespace(), typed)
                        : ResourceName.cluster(typed);
        try {
            return of(type, whole, invocation);
        } catch (Refused e) {
            if (e.code() != NOT_FOUND) {
                throw e;
            }
            T begun = new Lookup(invocation.client(), invocation.namespace()).one(type, typed);
            return of(type, begun.name(), invocation);
        }
    }

    private static <T extends Resource> List<Past<T>> of(
            Type<T> type, ResourceName name, Invocation invocation)
            throws IOException, CommandFailure {
        return invocation.client().history(type, name);
    }

    private static Kind kindOfKey(String key) throws CommandFailure {
        String[] parts = key.split("/", -1);
        if (parts.length != PARTS_OF_A_KEY || parts[3].isEmpty()) {
            throw new CommandFailure(
                    "\"" + key + "\" is no key",
                    "",
                    "write /KIND/NAMESPACE/NAME, as /jobs/default/web or /nodes//n1");
        }
        return GetCommand.kind(parts[1]);
    }

    private static ResourceName nameOfKey(String key) throws CommandFailure {
        String[] parts = key.split("/", -1);
        try {
            return new ResourceName(
                    ResourceName.unescape(parts[2]), ResourceName.unescape(parts[3]));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    "\"" + key + "\" is no key",
                    "a name in a key is escaped",
                    "write ~ and two hexadecimal digits for what is no letter, digit, . _ or -");
        }
    }

    private static <T extends Resource> void show(List<Past<T>> changes, Invocation invocation)
            throws CommandFailure {
        if (Documents.print(() -> json(changes), invocation)) {
            return;
        }
        for (int i = 0; i < changes.size(); i++) {
            Past<T> change = changes.get(i);
            invocation.out().title(title(change));
            boolean known = i + 1 < changes.size();
            if (known && change.type().equals("MODIFIED")) {
                lines(
                        Changes.between(changes.get(i + 1).resource(), change.resource()),
                        invocation);
            } else if (change.type().equals("MODIFIED")) {
                invocation.out().line("  what it was before is forgotten");
            }
        }
    }

    private static String title(Past<? extends Resource> change) {
        return "Revision %s, %s, %s"
                .formatted(
                        change.resource().metadata().resourceVersion().orElse("?"),
                        change.time().map(Times::stamp).orElse("at a forgotten time"),
                        change.type().toLowerCase(Locale.ROOT));
    }

    private static void lines(List<String> changed, Invocation invocation) {
        changed.stream().limit(LINES_MAX).forEach(line -> invocation.out().line("  " + line));
        if (changed.size() > LINES_MAX) {
            invocation
                    .out()
                    .line("  … %d more: -o json shows all".formatted(changed.size() - LINES_MAX));
        }
    }

    private static <T extends Resource> String json(List<Past<T>> changes) {
        return changes.stream()
                .map(change ->
                        "{\"type\":\"%s\",%s\"object\":%s}"
                                .formatted(
                                        change.type(),
                                        change.time()
                                                .map(m -> "\"time\":\"" + m + "\",")
                                                .orElse(""),
                                        RecordJson.manifest(change.resource())))
                .collect(Collectors.joining(",", "{\"items\":[", "]}"));
    }
}
