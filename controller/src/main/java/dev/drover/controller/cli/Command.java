package dev.drover.controller.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// One command of the command line.
public interface Command {
    /// Its name, options, parameters, and the text of its help.
    CommandSpec spec();

    /// What was typed in the words of [#spec], where Nomad's users have other ones.
    default List<String> typed(List<String> words) {
        return words;
    }

    /// Does what it is for and returns the exit code: 0 for success, 1 for failure (`plan`: 2 for
    /// changes). Fails with an `IOException` when the world fails, with a `CommandFailure` when the
    /// person can do something about it.
    int run(Invocation invocation) throws IOException, CommandFailure, InterruptedException;
}
