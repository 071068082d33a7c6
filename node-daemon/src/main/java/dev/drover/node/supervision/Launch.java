package dev.drover.node.supervision;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a supervisor is to run.
public sealed interface Launch {
    /// What the run's file `launch` holds.
    String script();

    /// What the supervising process is told beside.
    List<String> words();

    /// A program of ours that joins the run's group and says who it is by itself, to descriptor 5:
    /// a jail's keeper. Two processes fewer are on its way.
    ///
    /// @param command the program by its absolute path, and its arguments, which all may see. It
    ///   gets `PATH` and no other variable
    record Introducing(List<String> command) implements Launch {
        /// Takes a copy.
        public Introducing {
            command = List.copyOf(command);
            if (command.isEmpty()) {
                throw new IllegalArgumentException("no program");
            }
        }

        @Override
        public String script() {
            return "";
        }

        @Override
        public List<String> words() {
            return command;
        }
    }

    /// Any program.
    ///
    /// @param command the program by its absolute path, and its arguments
    /// @param environment everything the program gets to see, beside `PWD`
    /// @param folder where it starts
    /// @param account whom it runs as; the daemon's own user when absent
    /// @param before words before the command that change how it runs, by programs of our `PATH`
    record Program(
            List<String> command,
            Map<String, String> environment,
            Path folder,
            Optional<Account> account,
            List<String> before)
            implements Launch {
        /// Takes copies.
        public Program {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
            before = List.copyOf(before);
        }

        /// With nothing before the command.
        public Program(
                List<String> command,
                Map<String, String> environment,
                Path folder,
                Optional<Account> account) {
            this(command, environment, folder, account, List.of());
        }

        /// What turns the supervising process into the task's user, on the task's processors.
        @Override
        public List<String> words() {
            List<String> words = new ArrayList<>(before);
            account.map(Account::switchTo).ifPresent(words::addAll);
            return words;
        }

        /// Before anything of the task's runs it must be possible to find it again: its pid, start
        /// time and boot go to the file that the supervising process has opened.
        private static final String WHO_I_AM =
                """
                set -f
                read -r stat </proc/self/stat
                read -r boot </proc/sys/kernel/random/boot_id
                pid=${stat%% *}
                set -- ${stat##*) }
                echo "$pid ${20} $boot" >&5
                exec 5>&-
                """;

        /// The script that becomes the program. It is read from a file of ours, never from an
        /// argument list, which everybody on the machine may read.
        @Override
        public String script() {
            StringBuilder script = new StringBuilder(WHO_I_AM).append("umask 022\n");
            script.append("cd ").append(quoted(folder.toString())).append(" || exit 125\n");
            script.append("unset OLDPWD\n");
            SortedMap<String, String> odd = new TreeMap<>();
            new TreeMap<>(environment)
                    .forEach((name, value) -> {
                        if (exportable(name)) {
                            script.append("export ").append(name).append('=');
                            script.append(quoted(value)).append('\n');
                        } else {
                            odd.put(name, value);
                        }
                    });
            script.append("exec");
            if (!odd.isEmpty()) {
                script.append(" /usr/bin/env");
                odd.forEach((name, value) -> script.append(' ').append(quoted(name + "=" + value)));
            }
            command.forEach(word -> script.append(' ').append(quoted(word)));
            return script.append(" </dev/null\n").toString();
        }

        /// Whether the shell can export it: a name to it, and not one that it gives a meaning of
        /// its own. The others travel as arguments of env(1), seen by others for the moment until
        /// it has become the program; they are names like `NOMAD_META_a-b`, not secrets.
        private static boolean exportable(String name) {
            return name.matches("[A-Za-z_][A-Za-z0-9_]*") && !SHELL_OWN.contains(name);
        }

        private static final List<String> SHELL_OWN =
                List.of("IFS", "OPTIND", "PPID", "LINENO", "PS4", "ENV");

        private static String quoted(String word) {
            if (word.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a NUL byte in a command, variable or path");
            }
            return "'" + word.replace("'", "'\\''") + "'";
        }
    }
}
