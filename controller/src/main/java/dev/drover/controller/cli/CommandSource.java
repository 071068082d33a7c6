package dev.drover.controller.cli;

import java.util.List;
import java.util.Optional;

/// Some commands by name. A command's class is loaded only when it is asked for.
public interface CommandSource {
    /// The names of its commands, without aliases, in the order of the help.
    List<String> names();

    /// The command called `words`: a name, or an alias that Nomad's users know.
    Optional<Command> find(String words);
}
