package dev.drover.controller.upkeep;

import dev.drover.controller.cli.Command;
import dev.drover.controller.cli.CommandSource;
import java.util.List;
import java.util.Optional;

/// The commands that read or make a store's files. Asking for one loads RocksDB; not asking does
/// not.
public final class Upkeep implements CommandSource {
    @Override
    public List<String> names() {
        return List.of("store backup", "store restore", "store check");
    }

    @Override
    public Optional<Command> find(String words) {
        return switch (words) {
            case "store backup" -> Optional.of(new BackupCommand());
            case "store restore" -> Optional.of(new RestoreCommand());
            case "store check" -> Optional.of(new CheckCommand());
            default -> Optional.empty();
        };
    }
}
