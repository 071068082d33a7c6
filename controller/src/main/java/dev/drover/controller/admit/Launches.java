package dev.drover.controller.admit;

import dev.drover.controller.admit.Admitted.Cause;
import dev.drover.manifests.model.Dispatch;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.ParameterizedPolicy;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.shape.Records;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/// The job that somebody launches out of another one: a dispatch of a parameterized job, a periodic
/// one ahead of its time.
public final class Launches {
    /// What a dispatch may bring, as with Nomad: it is kept with the job. Larger things belong
    /// where the job can fetch them.
    private static final int PAYLOAD_MAX = 16 * 1024;

    /// Letters of an id: eight tell dispatches of one second apart.
    private static final int ID_LENGTH = 8;

    private Launches() {}

    /// A periodic job, now.
    public static Amended forced(Job parent, Instant now) {
        String name = parent.metadata().name();
        if (parent.spec().parameterized().isPresent()) {
            return no("job %s waits for a dispatch: launch it by `drover job dispatch`", name);
        }
        if (parent.spec().periodic().isEmpty()) {
            return no("job %s is not periodic: run it", name);
        }
        if (parent.stopped()) {
            return no("job %s is stopped: run it again first", name);
        }
        return child(
                parent,
                Job.nameOfLaunch(name, now),
                parent.spec().launch(false, Map.of(), Optional.empty()));
    }

    /// The same when the clock, or somebody, has launched it in this very second: beside that one.
    ///
    /// @param id tells it from others of the same second
    public static Amended forcedBeside(Job parent, Instant now, String id) {
        return switch (forced(parent, now)) {
            case Amended.To(Resource child) ->
                    new Amended.To(
                            child.withMetadata(
                                    parent.metadata()
                                            .child(
                                                    child.metadata().name()
                                                            + "-"
                                                            + id.substring(0, ID_LENGTH))));
            case Amended.Not refused -> refused;
        };
    }

    /// A parameterized job, with what the dispatch brings.
    ///
    /// @param id tells it from others of the same second
    public static Amended dispatched(Job parent, Dispatch brought, Instant now, String id) {
        String name = parent.metadata().name();
        Optional<ParameterizedPolicy> policy = parent.spec().parameterized();
        if (policy.isEmpty()) {
            return no(
                    parent.spec().periodic().isPresent()
                            ? "job %s is periodic: launch it by `drover job periodic force`"
                            : "job %s is not parameterized: run it",
                    name);
        }
        if (parent.stopped()) {
            return no("job %s is stopped: run it again first", name);
        }
        List<String> mistakes = new ArrayList<>();
        payload(policy.get().payload().orElse("optional"), brought).ifPresent(mistakes::add);
        mistakes.addAll(meta(policy.get(), brought.meta()));
        if (!mistakes.isEmpty()) {
            return new Amended.Not(
                    Cause.INVALID, "job " + name + ": " + String.join("\n", mistakes));
        }
        JobSpec spec =
                parent.spec().launch(true, meta(parent, policy.get(), brought), content(brought));
        return child(
                parent,
                name + "/dispatch-" + name(parent, brought, now, id),
                brought.priority().isPresent()
                        ? Records.with(spec, "priority", brought.priority())
                        : spec);
    }

    private static Amended no(String because, String name) {
        return new Amended.Not(Cause.CONFLICT, because.formatted(name));
    }

    private static Amended child(Job parent, String name, JobSpec spec) {
        return new Amended.To(new Job(parent.metadata().child(name), spec, parent.status()));
    }

    /// With a token the name is made of it alone: the same token is there once, whatever else a
    /// dispatch says.
    private static String name(Job parent, Dispatch brought, Instant now, String id) {
        String token = brought.idempotencyToken().orElse("");
        if (token.isEmpty()) {
            String prefix = brought.idPrefix().map(text -> text + "-").orElse("");
            return prefix + now.getEpochSecond() + "-" + id.substring(0, ID_LENGTH);
        }
        String unique = parent.metadata().uid().orElse("") + '\n' + token;
        return UUID.nameUUIDFromBytes(unique.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static Optional<String> content(Dispatch brought) {
        return brought.payload().filter(text -> !text.isEmpty());
    }

    private static Optional<String> payload(String policy, Dispatch brought) {
        Optional<String> content = content(brought);
        if (content.isEmpty()) {
            return policy.equals("required")
                    ? Optional.of(
                            "a dispatch must bring a payload, and this one brings none: name a file, or - for standard input")
                    : Optional.empty();
        }
        if (policy.equals("forbidden")) {
            return Optional.of(
                    "a dispatch must not bring a payload, and this one does: leave it out");
        }
        try {
            int length = Base64.getDecoder().decode(content.get()).length;
            return length <= PAYLOAD_MAX
                    ? Optional.empty()
                    : Optional.of(
                            "the payload has %d bytes, and at most %d are kept: put it where the job can fetch it"
                                    .formatted(length, PAYLOAD_MAX));
        } catch (IllegalArgumentException e) {
            return Optional.of("the payload is not in Base64, encode it: " + e.getMessage());
        }
    }

    private static List<String> meta(ParameterizedPolicy policy, Map<String, String> brought) {
        List<String> mistakes = new ArrayList<>();
        TreeSet<String> missing = new TreeSet<>(policy.metaRequired());
        missing.removeAll(brought.keySet());
        if (!missing.isEmpty()) {
            mistakes.add(
                    "meta %s is required, and not brought: add %s"
                            .formatted(
                                    String.join(", ", missing),
                                    missing.stream()
                                            .map(key -> "-meta " + key + "=VALUE")
                                            .collect(Collectors.joining(" "))));
        }
        TreeSet<String> unknown = new TreeSet<>(brought.keySet());
        policy.metaRequired().forEach(unknown::remove);
        policy.metaOptional().forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            mistakes.add(
                    "meta %s is not asked for: leave it out, required are %s, optional %s"
                            .formatted(
                                    String.join(", ", unknown),
                                    policy.metaRequired(),
                                    policy.metaOptional()));
        }
        return mistakes;
    }

    /// What is optional and said nowhere is there and empty.
    private static Map<String, String> meta(
            Job parent, ParameterizedPolicy policy, Dispatch brought) {
        Map<String, String> meta = new HashMap<>();
        policy.metaOptional()
                .forEach(key -> meta.put(key, parent.spec().meta().getOrDefault(key, "")));
        meta.putAll(brought.meta());
        return meta;
    }
}
