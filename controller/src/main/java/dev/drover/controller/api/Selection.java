package dev.drover.controller.api;

import dev.drover.controller.http.Reason;
import dev.drover.controller.http.RequestFailed;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Namespace;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.SchedulerConfig;
import dev.drover.manifests.model.Variable;
import dev.drover.store.Change;
import dev.drover.store.typed.TypedChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which resources a caller wants to see, by `labelSelector` and `fieldSelector`. What stops being
/// selected is deleted to him, what starts being selected is added.
final class Selection {
    private static final Set<String> FIELDS =
            Set.of(
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.ownerReferences.uid",
                    "spec.node",
                    "spec.jobName",
                    "spec.jobUid");

    private static final String KEY = "[A-Za-z0-9._/-]+";
    private static final Pattern SET = Pattern.compile("(" + KEY + ") +(in|notin) *\\(([^()]*)\\)");
    private static final Pattern EQUALITY =
            Pattern.compile("(" + KEY + ") *(!=|==|=) *([A-Za-z0-9._-]*)");
    private static final Pattern EXISTS = Pattern.compile("(!?) *(" + KEY + ")");
    private static final Pattern FIELD = Pattern.compile("([A-Za-z.]+) *(!=|==|=) *(.*)");

    private final Predicate<Resource> predicate;

    /// What each of these fields has in all that is selected.
    private final Map<String, String> pinned;

    private Selection(Predicate<Resource> predicate, Map<String, String> pinned) {
        this.predicate = predicate;
        this.pinned = Map.copyOf(pinned);
    }

    /// The selection of a query.
    ///
    /// @throws RequestFailed when it is not written as it should, or names an unknown field
    static Selection of(String labels, String fields) throws RequestFailed {
        Predicate<Resource> all = _ -> true;
        for (String term : terms(labels)) {
            all = all.and(label(term));
        }
        Map<String, String> pinned = new HashMap<>();
        for (String term : terms(fields)) {
            Field field = Field.of(term);
            all = all.and(field::selects);
            if (field.equal()) {
                pinned.put(field.name(), field.value());
            }
        }
        return new Selection(all, pinned);
    }

    /// The value that a field must have; empty when others will do.
    Optional<String> value(String field) {
        return Optional.ofNullable(pinned.get(field));
    }

    boolean selects(Resource resource) {
        return predicate.test(resource);
    }

    /// A change as this caller sees it; empty when he sees nothing of it.
    <T extends Resource> Optional<Change.Type> seen(TypedChange<T> change) {
        boolean before = change.previous().filter(predicate).isPresent();
        boolean now = change.type() != Change.Type.DELETED && predicate.test(change.current());
        if (!before && !now) {
            return Optional.empty();
        }
        return Optional.of(
                now ? before ? Change.Type.MODIFIED : Change.Type.ADDED : Change.Type.DELETED);
    }

    private static Predicate<Resource> label(String term) throws RequestFailed {
        Matcher set = SET.matcher(term);
        if (set.matches()) {
            String key = set.group(1);
            Set<String> values =
                    Arrays.stream(set.group(3).split(","))
                            .map(String::strip)
                            .collect(Collectors.toSet());
            boolean in = set.group(2).equals("in");
            return r -> labelOf(r, key).map(v -> values.contains(v) == in).orElse(!in);
        }
        Matcher equality = EQUALITY.matcher(term);
        if (equality.matches()) {
            String key = equality.group(1);
            Optional<String> value = Optional.of(equality.group(3));
            boolean equal = !equality.group(2).equals("!=");
            return r -> labelOf(r, key).equals(value) == equal;
        }
        Matcher exists = EXISTS.matcher(term);
        if (exists.matches()) {
            boolean wanted = exists.group(1).isEmpty();
            return r -> labelOf(r, exists.group(2)).isPresent() == wanted;
        }
        throw new RequestFailed(
                Reason.BAD_REQUEST,
                "labelSelector: \"%s\" is none of k=v, k!=v, k in (a,b), k notin (a,b), k, !k"
                        .formatted(term));
    }

    private static Optional<String> labelOf(Resource resource, String key) {
        return Optional.ofNullable(resource.metadata().labels().get(key));
    }

    /// A term of a `fieldSelector`.
    private record Field(String name, boolean equal, String value) {
        static Field of(String term) throws RequestFailed {
            Matcher field = FIELD.matcher(term);
            if (!field.matches() || !FIELDS.contains(field.group(1))) {
                throw new RequestFailed(
                        Reason.BAD_REQUEST,
                        "fieldSelector: \"%s\" is not FIELD=VALUE or FIELD!=VALUE with a field of %s"
                                .formatted(term, FIELDS.stream().sorted().toList()));
            }
            return new Field(field.group(1), !field.group(2).equals("!="), field.group(3));
        }

        boolean selects(Resource resource) {
            return fields(resource).getOrDefault(name, "").equals(value) == equal;
        }
    }

    private static Map<String, String> fields(Resource resource) {
        String name = resource.metadata().name();
        String namespace = resource.metadata().namespace();
        Map<String, String> spec =
                switch (resource) {
                    case Allocation a ->
                            Map.of(
                                    "spec.node", a.spec().node(),
                                    "spec.jobName", a.spec().jobName(),
                                    "spec.jobUid", a.spec().jobUid());
                    case Evaluation e -> ofJob(e.spec().jobName(), e.spec().jobUid());
                    case Deployment d -> ofJob(d.spec().jobName(), d.spec().jobUid());
                    case JobVersion v -> ofJob(v.spec().jobName(), v.spec().jobUid());
                    case Job _,
                            Variable _,
                            GitSource _,
                            Node _,
                            Namespace _,
                            Hold _,
                            SchedulerConfig _ ->
                            Map.of();
                };
        Map<String, String> all = new HashMap<>(spec);
        all.put("metadata.name", name);
        all.put("metadata.namespace", namespace);
        // What has an owner has one.
        resource.metadata()
                .ownerReferences()
                .forEach(owner -> all.put("metadata.ownerReferences.uid", owner.uid()));
        return all;
    }

    private static Map<String, String> ofJob(String name, String uid) {
        return Map.of("spec.jobName", name, "spec.jobUid", uid);
    }

    /// Splits at commas outside of parentheses.
    private static List<String> terms(String selector) {
        List<String> terms = new ArrayList<>();
        StringBuilder term = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < selector.length(); i++) {
            char c = selector.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                terms.add(term.toString().strip());
                term.setLength(0);
            } else {
                term.append(c);
            }
        }
        terms.add(term.toString().strip());
        return terms.stream().filter(t -> !t.isEmpty()).toList();
    }
}
