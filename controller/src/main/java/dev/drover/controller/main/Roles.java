package dev.drover.controller.main;

import dev.drover.controller.cli.Command;
import dev.drover.controller.cli.CommandSource;
import dev.drover.controller.cli.Commands;
import java.util.List;
import java.util.Optional;

/// The long-running roles of the program. Asking for a name loads its command and, with it, the
/// server or the node daemon; not asking loads neither.
final class Roles implements CommandSource {

    @Override
    public List<String> names() {
        return List.of("agent", "server", "node");
    }

    @Override
    public Optional<Command> find(String words) {
        return switch (words) {
            case "agent" -> Optional.of(new AgentCommand());
            case "server" -> Optional.of(new ServerCommand());
            case "node" -> Optional.of(new NodeCommand());
            case "rehearse" -> Optional.of(new RehearseCommand(List.of(new Commands())));
            default -> Optional.empty();
        };
    }
}
