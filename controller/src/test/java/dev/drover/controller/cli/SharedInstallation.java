package dev.drover.controller.cli;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A whole Drover for all tests of a class, to register as a static extension.
final class SharedInstallation implements BeforeAllCallback, AfterAllCallback {
    private Optional<Installation> started = Optional.empty();

    Installation get() {
        return started.orElseThrow();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        started = Optional.of(Installation.start(Optional.empty()));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (started.isPresent()) {
            started.get().close();
        }
    }
}
