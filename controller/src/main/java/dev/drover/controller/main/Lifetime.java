package dev.drover.controller.main;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a role running until the process is asked to end (Ctrl-C, SIGTERM), and ends it in order.
final class Lifetime {
    private static final Logger LOG = LoggerFactory.getLogger(Lifetime.class);

    private Lifetime() {}

    /// Waits for the end of the process, which closes `role`. Does not return.
    static int of(AutoCloseable role) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(role), "shutdown"));
        new CountDownLatch(1).await();
        return 0;
    }

    private static void close(AutoCloseable role) {
        LOG.info("asked to end");
        try {
            role.close();
        } catch (Exception e) { // the top of the process: nobody else can say it
            LOG.error("the end was not orderly", e);
        }
    }
}
