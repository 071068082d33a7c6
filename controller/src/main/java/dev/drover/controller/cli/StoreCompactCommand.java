package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.manifests.wire.StoreStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover store compact`: has the store forget its older past now.
final class StoreCompactCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.client(
                        "store compact",
                        "Forgets the past before a moment (default: five minutes ago), for good.",
                        List.of("drover store compact", "drover store compact --at 24h"))
                .addOption(Moment.option("Before this revision, this time, or so long ago."));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Optional<String> said = invocation.text("--at");
        Optional<String> at =
                said.isPresent()
                        ? Optional.of(Moment.read(said.get(), invocation.now()))
                        : Optional.empty();
        Client client = invocation.client();
        long before = client.storeStatus().revisions().compacted();
        StoreStatus status = client.compactStore(at);
        if (status.revisions().compacted() == before) {
            invocation
                    .out()
                    .line(
                            "Nothing more is forgotten: revision %d was the oldest one that can be read already, and nothing newer is that old"
                                    .formatted(before));
            return 0;
        }
        invocation
                .out()
                .line(
                        "What was before revision %d is forgotten (the newest is %d); the disk is cleared in the background"
                                .formatted(
                                        status.revisions().compacted(),
                                        status.revisions().newest()));
        return 0;
    }
}
