package dev.drover.store.bench;

import static dev.drover.store.bench.Desk.KILOBYTE;
import static dev.drover.store.bench.Desk.WARM_UPS;
import static dev.drover.store.bench.Desk.atLeast;
import static dev.drover.store.bench.Desk.key;
import static dev.drover.store.bench.Desk.median;
import static dev.drover.store.bench.Desk.perSecond;
import static dev.drover.store.bench.Desk.remark;
import static dev.drover.store.bench.Desk.row;
import static dev.drover.store.bench.Desk.together;

import dev.drover.store.Bytes;
import dev.drover.store.Store;
import dev.drover.store.Txn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;

/// Writes: alone, by many, in batches; beside a bare loop on the same disk, and beside etcd.
final class WriteRows {
    private final Desk desk;
    private final Etcd etcd;

    WriteRows(Desk desk) {
        this.desk = desk;
        this.etcd = new Etcd(desk.base());
    }

    void writers() {
        double[] bare = new double[Desk.ROUNDS];
        double[] one = new double[Desk.ROUNDS];
        double[] many = new double[Desk.ROUNDS];
        double[] others = new double[Desk.ROUNDS];
        for (int round = 0; round < WARM_UPS; round++) {
            desk.withStore(store -> puts(store, 1, 2_000));
            desk.withStore(store -> puts(store, 256, 400));
        }
        for (int round = 0; round < Desk.ROUNDS; round++) {
            bare[round] = bareAppends(2_000);
            one[round] = desk.withStore(store -> puts(store, 1, 2_000));
            many[round] = desk.withStore(store -> puts(store, 256, 400));
            others[round] = etcd.isThere() ? etcd.puts(256, 20_000) : 0;
        }
        double floor = median(bare);
        row("store.bare-append-and-sync", floor, "1/s", floor, true);
        atLeast("store.one-writer-1KB", median(one), "puts/s", 0.75 * floor);
        atLeast("store.256-writers-1KB", median(many), "puts/s", 15 * floor);
        if (etcd.isThere()) {
            double other = median(others);
            row("store.etcd-256-writers-1KB", other, "puts/s", other, true);
            atLeast("store.256-writers-against-etcd", median(many) / other, "times", 6);
        } else {
            remark("store.etcd-256-writers-1KB: left out, " + etcd.why());
        }
    }

    private double bareAppends(int count) {
        Path file = desk.base().resolve("bare");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer content = ByteBuffer.allocateDirect(1_100);
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                channel.write(content.clear());
                channel.force(false);
            }
            return perSecond(count, begin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Desk.delete(file);
        }
    }

    private static double puts(Store store, int writers, int each) {
        long begin = System.nanoTime();
        together(
                writers,
                writer -> {
                    for (int i = 0; i < each; i++) {
                        store.commit(Txn.put(key(writer * 1_000 + i % 100), KILOBYTE));
                    }
                });
        return perSecond((long) writers * each, begin);
    }

    void batches() {
        double[] rates = new double[Desk.ROUNDS];
        Bytes value = Bytes.copyOf(new byte[300]);
        List<Txn> txns = IntStream.range(0, 1_000).mapToObj(i -> Txn.put(key(i), value)).toList();
        for (int round = 0; round < Desk.ROUNDS; round++) {
            rates[round] =
                    desk.withStore(store -> {
                        store.commitAll(txns);
                        long begin = System.nanoTime();
                        for (int i = 0; i < 200; i++) {
                            store.commitAll(txns);
                        }
                        return perSecond(200_000, begin);
                    });
        }
        atLeast("store.commit-all-1000x300B", median(rates), "txns/s", 100_000);
    }
}
