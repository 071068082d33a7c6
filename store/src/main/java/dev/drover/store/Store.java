package dev.drover.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A map from keys to bytes that remembers: durable, transactional, with history, and watchable
/// without gaps.
///
/// All methods may be called from any thread and block; call them on virtual threads. A read sees
/// everything acknowledged before it began. What is on disk but cannot be read ends in an
/// [java.io.UncheckedIOException] that names the file.
///
/// One rule holds above all: what was acknowledged, read or delivered can not be undone by a crash.
public interface Store extends AutoCloseable {
    /// So long before the newest write, times are told to the second, further back to the minute.
    Duration TO_THE_SECOND = Duration.ofHours(1);

    /// How long a read waits for a revision that is not here yet.
    Duration FUTURE_WAIT = Duration.ofSeconds(3);

    /// Does the transaction and returns when it is on disk and visible.
    ///
    /// An interrupted wait is answered by [Commit.Unknown], with the thread's flag set again.
    Commit commit(Txn txn);

    /// Does each transaction in this order, independently, with one wait for the disk: one answer
    /// for each.
    List<Commit> commitAll(List<Txn> txns);

    /// The newest visible revision.
    Revision revision();

    /// States before this revision are forgotten; this one can still be read, and watched from the
    /// next one on.
    Revision compacted();

    /// The newest revision when the second of `time` began (its minute, when that is further back
    /// than [#TO_THE_SECOND]): what to read to see the state of then. None when that was before
    /// anything that is kept.
    Revision revisionAt(Instant time);

    /// The second in which `revision` was written (the first one written to of its minute, when
    /// that is further back than [#TO_THE_SECOND]); empty when that is forgotten.
    Optional<Instant> timeOf(Revision revision);

    /// Tells this store from any other, also from its own earlier life before a restore.
    String clusterId();

    /// What the key holds now.
    Optional<Entry> get(Key key);

    /// What the keys hold, all at one moment, in the order of the keys that were asked for; without
    /// those that hold nothing.
    List<Entry> getAll(List<Key> keys);

    /// What the key held as of some time.
    Lookup get(Key key, At at);

    /// What happened to the key as far as it is remembered, newest first: at most `limit` changes.
    ///
    /// The last one may be as old as [#compacted()] or older: it is what the key held then, and
    /// whether it was put over something else is forgotten, unless it was the first of its object.
    List<Change> history(Key key, int limit);

    /// A page of entries in key order, as of one revision.
    Listing list(ListRequest request);

    /// Begins a watch; its first delivery says if it could not.
    Watch watch(WatchRequest request);

    /// Forgets the states before `revision`: reads at it and watches from the next one still work.
    /// A revision that is compacted already changes nothing.
    ///
    /// @throws IllegalArgumentException when `revision` is newer than the newest one
    /// @throws IllegalStateException when it was not done, because the store has stopped or the
    ///   thread was interrupted
    void compact(Revision revision);

    /// Ends all watches and gives up the folder. Everything acknowledged stays.
    @Override
    void close();
}
