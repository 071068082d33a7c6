package dev.drover.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Many conditions and many steps as one: if all conditions hold the first list is done, else the
/// second one.
///
/// A transaction has one revision however many keys it writes, and writes a key at most once.
///
/// @param requestId names the request: sent again within five minutes, the transaction is answered
///   as the first time and not done again
public record Txn(
        List<Compare> ifAll, List<Op> then, List<Op> otherwise, Optional<String> requestId) {

    /// Takes copies of the lists.
    public Txn {
        ifAll = List.copyOf(ifAll);
        then = List.copyOf(then);
        otherwise = List.copyOf(otherwise);
    }

    /// These steps on these conditions, and nothing when one does not hold.
    public static Txn when(List<Compare> ifAll, List<Op> then) {
        return new Txn(ifAll, then, List.of(), Optional.empty());
    }

    /// These steps, whatever is there.
    public static Txn always(Op... then) {
        return when(List.of(), List.of(then));
    }

    /// Writes one value, whatever is there.
    public static Txn put(Key key, Bytes value) {
        return always(new Op.Put(key, value));
    }

    /// Writes one value where nothing is.
    public static Txn create(Key key, Bytes value) {
        return when(List.of(Compare.absent(key)), List.of(new Op.Put(key, value)));
    }

    /// Writes one value over what `modified` wrote.
    public static Txn replace(Key key, Revision modified, Bytes value) {
        return when(List.of(Compare.unchanged(key, modified)), List.of(new Op.Put(key, value)));
    }

    /// The same with other steps for when a condition does not hold.
    public Txn otherwise(Op... steps) {
        return new Txn(ifAll, then, List.of(steps), requestId);
    }

    /// The same with a name of its own.
    public Txn requestId(String id) {
        return new Txn(ifAll, then, otherwise, Optional.of(id));
    }

    /// Why a store with these limits would not take it, or empty when it would.
    public Optional<String> refusal(Limits limits) {
        if (requestId.isPresent() && requestId.get().length() > limits.requestIdLength()) {
            return Optional.of(
                    "the request id has %d characters; %d are allowed"
                            .formatted(requestId.get().length(), limits.requestIdLength()));
        }
        if (requestId.isPresent() && !writesOnly()) {
            return Optional.of(
                    "a transaction with a request id only writes: no gets, no second list of steps");
        }
        int parts = ifAll.size() + then.size() + otherwise.size();
        if (parts > limits.txnParts()) {
            return Optional.of(
                    "%d conditions and steps; %d are allowed: split the transaction"
                            .formatted(parts, limits.txnParts()));
        }
        return tooLarge(limits).or(() -> writtenTwice(then)).or(() -> writtenTwice(otherwise));
    }

    /// The answer to such a transaction is a few numbers, small enough to be kept for a repeated
    /// request.
    private boolean writesOnly() {
        return otherwise.isEmpty() && then.stream().noneMatch(op -> op instanceof Op.Get);
    }

    /// How many bytes of keys and values it carries.
    public long bytes() {
        return bytes(then) + bytes(otherwise);
    }

    private static long bytes(List<Op> branch) {
        long total = 0;
        for (Op op : branch) {
            if (op instanceof Op.Put(Key key, Bytes value)) {
                total += key.text().length() + value.size();
            }
        }
        return total;
    }

    private static Optional<String> tooLarge(List<Op> branch, Limits limits) {
        for (Op op : branch) {
            if (op instanceof Op.Put(Key key, Bytes value) && value.size() > limits.valueBytes()) {
                return Optional.of(
                        "the value of %s has %d bytes; %d are allowed"
                                .formatted(key, value.size(), limits.valueBytes()));
            }
            if (op instanceof Op.DeletePrefix(var _, int max) && max > limits.txnParts()) {
                return Optional.of(
                        "deletes up to %d keys; %d are allowed: do it in parts"
                                .formatted(max, limits.txnParts()));
            }
        }
        return Optional.empty();
    }

    private Optional<String> tooLarge(Limits limits) {
        long total = bytes();
        if (total > limits.txnBytes()) {
            return Optional.of(
                    "%d bytes to write; %d are allowed: split the transaction"
                            .formatted(total, limits.txnBytes()));
        }
        return tooLarge(then, limits).or(() -> tooLarge(otherwise, limits));
    }

    private static Optional<String> writtenTwice(List<Op> branch) {
        if (branch.size() < 2) {
            return Optional.empty();
        }
        Set<Key> keys = new HashSet<>();
        List<Prefix> prefixes = new ArrayList<>();
        for (Op op : branch) {
            Optional<Key> written =
                    switch (op) {
                        case Op.Put(Key key, var _) -> Optional.of(key);
                        case Op.Delete(Key key) -> Optional.of(key);
                        case Op.DeletePrefix(Prefix prefix, var _) -> {
                            prefixes.add(prefix);
                            yield Optional.empty();
                        }
                        case Op.Get _ -> Optional.empty();
                    };
            if (written.isPresent() && !keys.add(written.get())) {
                return Optional.of(written.get() + " is written twice in one transaction");
            }
        }
        return overlap(keys, prefixes);
    }

    private static Optional<String> overlap(Set<Key> keys, List<Prefix> prefixes) {
        if (prefixes.size() > Limits.PREFIXES_PER_TXN) {
            return Optional.of(
                    "%d prefixes are deleted; %d are allowed"
                            .formatted(prefixes.size(), Limits.PREFIXES_PER_TXN));
        }
        for (int i = 0; i < prefixes.size(); i++) {
            Prefix prefix = prefixes.get(i);
            boolean taken =
                    keys.stream().anyMatch(prefix::covers)
                            || prefixes.subList(0, i).stream().anyMatch(prefix::overlaps);
            if (taken) {
                return Optional.of(
                        "a key of " + prefix + " would be written twice in one transaction");
            }
        }
        return Optional.empty();
    }
}
