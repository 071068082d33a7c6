package dev.drover.store.typed;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Namespace;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.SchedulerConfig;
import dev.drover.manifests.model.Variable;
import dev.drover.store.At;
import dev.drover.store.Bytes;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.Lookup;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Resources to stored records and back: fills in the `resourceVersion`, and keeps a job's spec
/// apart.
final class Records {
    /// Every kind's record as it is stored.
    static final List<Class<? extends Record>> ROOTS =
            Arrays.stream(Kind.values()).<Class<? extends Record>>map(Records::stored).toList();

    /// Specs are read with every row of a job, and are the largest things there are. More jobs than
    /// this are rarely looked at again and again.
    private static final int SPECS_KEPT = 1_024;

    private final Store store;
    private final Codec codec;

    /// By the key of the job version, whose spec never changes.
    private final Map<Key, JobSpec> specs = new ConcurrentHashMap<>();

    private final Recent recent = new Recent();

    Records(Store store) {
        this.store = store;
        this.codec = new Codec(FieldIds.standard(), ROOTS);
    }

    private static Class<? extends Record> stored(Kind kind) {
        return switch (kind) {
            case JOB -> StoredJob.class; // its spec is elsewhere
            case JOB_VERSION -> JobVersion.class;
            case ALLOCATION -> Allocation.class;
            case EVALUATION -> Evaluation.class;
            case DEPLOYMENT -> Deployment.class;
            case VARIABLE -> Variable.class;
            case GIT_SOURCE -> GitSource.class;
            case NODE -> Node.class;
            case NAMESPACE -> Namespace.class;
            case HOLD -> Hold.class;
            case SCHEDULER_CONFIG -> SchedulerConfig.class;
        };
    }

    /// What to store for a resource where nothing is.
    ///
    /// @param key where it is stored
    Bytes encode(Key key, Resource resource) {
        return encode(key, resource, Bytes.EMPTY);
    }

    /// What to store for a resource. Fields that a newer program stored beside what is there now
    /// are kept.
    ///
    /// @param key where it is stored
    Bytes encodeOver(Key key, Resource resource) {
        Bytes unknown =
                store.get(key)
                        .map(entry -> codec.unknown(stored(resource.kind()), entry.value()))
                        .orElse(Bytes.EMPTY);
        return encode(key, resource, unknown);
    }

    private Bytes encode(Key key, Resource resource, Bytes unknown) {
        Bytes value = codec.encode(new Stored<>(stored(resource), unknown));
        recent.written(key, value, resource);
        return value;
    }

    private static Record stored(Resource resource) {
        Resource bare = resource.withMetadata(unversioned(resource.metadata()));
        return bare instanceof Job job
                ? new StoredJob(job.metadata(), job.status())
                : (Record) bare;
    }

    private static Metadata unversioned(Metadata metadata) {
        return new Metadata(
                metadata.name(),
                metadata.namespace(),
                metadata.uid(),
                Optional.empty(),
                metadata.generation(),
                metadata.creationTimestamp(),
                metadata.deletionTimestamp(),
                metadata.labels(),
                metadata.annotations(),
                metadata.finalizers(),
                metadata.ownerReferences());
    }

    /// The resource that an entry holds; empty when it is a job whose spec is no longer kept.
    ///
    /// @throws UncheckedIOException when the entry is not of that kind or cannot be read
    Optional<Resource> decode(Kind kind, Entry entry) {
        return recent.of(entry, some -> decoded(kind, some));
    }

    private Optional<Resource> decoded(Kind kind, Entry entry) {
        try {
            Record stored = codec.decode(stored(kind), entry.value()).value();
            Optional<Resource> read =
                    stored instanceof StoredJob job
                            ? job(job, entry)
                            : Optional.of((Resource) stored);
            return read.map(resource -> at(entry, resource));
        } catch (IllegalStateException e) { // a newer program, or damage: no mistake of ours
            throw new UncheckedIOException(
                    new IOException(
                            ("%s at revision %s cannot be read: %s; start the program that wrote"
                                            + " it, or restore a backup")
                                    .formatted(entry.key(), entry.modified(), e.getMessage()),
                            e));
        }
    }

    private Optional<Resource> job(StoredJob job, Entry entry) {
        return spec(version(job.metadata(), job.status().version()), entry)
                .map(spec -> new Job(job.metadata(), spec, job.status()));
    }

    /// Where the spec of a job is.
    static Key version(Metadata job, int version) {
        String uid = job.uid().orElse("");
        return Keys.of(
                Kind.JOB_VERSION,
                new ResourceName(job.namespace(), JobVersion.nameOf(uid, version)));
    }

    private Optional<JobSpec> spec(Key version, Entry job) {
        Optional<JobSpec> known = Optional.ofNullable(specs.get(version));
        if (known.isPresent()) {
            return known;
        }
        // What was swept since can still be read as of when the job was written.
        Optional<Entry> kept =
                store.get(version)
                        .or(() ->
                                switch (store.get(version, new At.Exactly(job.modified()))) {
                                    case Lookup.Found(Entry then, var _) -> Optional.of(then);
                                    case Lookup.Absent _, Lookup.TooOld _, Lookup.TooNew _ ->
                                            Optional.empty();
                                });
        Optional<JobSpec> spec =
                kept.map(e -> codec.decode(JobVersion.class, e.value()).value().spec().job());
        spec.ifPresent(s -> keep(version, s));
        return spec;
    }

    private void keep(Key version, JobSpec spec) {
        if (specs.size() >= SPECS_KEPT) {
            specs.clear(); // rare, and cheaper than remembering who was used last
        }
        specs.put(version, spec);
    }

    /// What was written or read lately, by the very bytes of its value: what is written is shown to
    /// watches right behind, by several at the same time, beside what it replaced; and reading it
    /// takes longer than anything else they do.
    static final class Recent {
        /// Some portions of what the placer writes, so that a watch that is a little behind still
        /// finds what it wants. Two at each place: twenty megabytes of allocations.
        private static final int PLACES = 1 << 13;

        /// A resource is where its key says, and what it replaced beside it, until others come to
        /// the same place.
        private final AtomicReferenceArray<@Nullable Known> lately =
                new AtomicReferenceArray<>(2 * PLACES);

        /// @param at the revision that the resource tells; none while it was not seen in the store
        private record Known(Bytes value, Revision at, Resource resource) {
            boolean unseen() {
                return at.equals(Revision.NONE);
            }

            boolean isBefore(Known other) {
                return !unseen() && (other.unseen() || at.before(other.at));
            }
        }

        /// This is what the value means, if it is ever stored.
        void written(Key key, Bytes value, Resource resource) {
            keep(place(key), new Known(value, Revision.NONE, resource));
        }

        /// What the entry holds.
        ///
        /// @param read how to find out; the same whenever it is asked
        Optional<Resource> of(Entry entry, Function<Entry, Optional<Resource>> read) {
            int place = place(entry.key());
            for (int at = place; at <= place + 1; at++) {
                Known known = lately.get(at);
                if (known != null && same(known.value, entry.value())) {
                    Known seen = seen(known, entry);
                    lately.set(at, seen);
                    return Optional.of(seen.resource);
                }
            }
            Optional<Resource> fresh = read.apply(entry);
            fresh.ifPresent(
                    resource -> keep(place, new Known(entry.value(), entry.modified(), resource)));
            return fresh;
        }

        @SuppressWarnings("ReferenceEquality") // an equal one is as good, and dear to compare with
        private static boolean same(Bytes one, Bytes other) {
            return one == other;
        }

        private static Known seen(Known known, Entry entry) {
            return known.at.equals(entry.modified())
                    ? known
                    : new Known(entry.value(), entry.modified(), at(entry, known.resource));
        }

        private void keep(int place, Known known) {
            Known last = lately.get(place);
            if (last != null && known.isBefore(last)) {
                lately.set(place + 1, known);
            } else {
                lately.set(place + 1, last);
                lately.set(place, known);
            }
        }

        private static int place(Key key) {
            int hash = key.text().hashCode();
            return 2 * ((hash ^ (hash >>> 16)) & (PLACES - 1));
        }
    }

    private static Resource at(Entry entry, Resource resource) {
        return resource.withMetadata(resource.metadata().at(entry.modified().toString()));
    }
}
