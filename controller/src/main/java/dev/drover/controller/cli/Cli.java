package dev.drover.controller.cli;

import dev.drover.controller.client.Refused;
import dev.drover.controller.client.Unanswered;
import dev.drover.controller.client.Unreachable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The command line: finds the command that the first words name, builds its spec and no other,
/// runs it, and says in one place what went wrong.
public final class Cli {
    /// What a shell gets when somebody pressed Ctrl-C.
    private static final int INTERRUPTED = 130;

    /// What a shell makes of a program that was ended by SIGPIPE.
    private static final int UNREAD = 141;

    /// `job periodic force`.
    private static final int WORDS_MAX = 3;

    private final List<CommandSource> sources;

    /// Knows the commands of all `sources`.
    public Cli(List<CommandSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /// Runs what `args` say and returns the exit code.
    public int run(List<String> args, Session session) {
        Optional<Call> call = call(args);
        int code =
                call.isPresent()
                        ? run(call.get(), session)
                        : new Overview(sources).answer(args, session);
        return session.out()
                .unwritten()
                .map(why -> unwritten(why, code, session.out()))
                .orElse(code);
    }

    /// Who asked has not seen it all, whatever the command has done; but for `head` and `grep -q`,
    /// which have what they wanted: scripts that heed every part of a pipe go on.
    private static int unwritten(IOException why, int code, Out out) {
        String said = said(why);
        if (said.contains("Broken pipe")) {
            return code;
        }
        out.error("the output could not be written", said, "make room, or write it elsewhere");
        return 1;
    }

    /// A command and what was typed after its name.
    private record Call(Command command, List<String> rest) {}

    /// More words before fewer: `node status` is not `node` with a parameter, nor is `node purge`,
    /// which is called something else here.
    private Optional<Call> call(List<String> args) {
        int elsewhere = Elsewhere.words(words(args));
        for (int words = Math.min(WORDS_MAX, args.size()); words > elsewhere; words--) {
            String name = String.join(" ", args.subList(0, words));
            List<String> rest = args.subList(words, args.size());
            for (CommandSource source : sources) {
                Optional<Call> call = source.find(name).map(command -> new Call(command, rest));
                if (call.isPresent()) {
                    return call;
                }
            }
        }
        return Optional.empty();
    }

    private static int run(Call call, Session session) {
        CommandSpec spec = call.command().spec();
        var line = new CommandLine(spec);
        try {
            ParseResult typed = line.parseArgs(dashes(spec, call.command().typed(call.rest())));
            if (typed.isUsageHelpRequested()) {
                session.out().text(line.getUsageMessage(Ansi.OFF));
                return 0;
            }
            refuseEmpty(line, typed);
            return call.command().run(new Invocation(typed, session));
        } catch (ParameterException e) {
            session.out().error(said(e), "", "`" + spec.name() + " --help` shows how it is used");
        } catch (CommandFailure e) {
            session.out().error(e.what(), e.why(), e.fix());
        } catch (Refused e) {
            session.out().error(e.what(), "", "");
        } catch (Unreachable e) {
            unreachable(e, session.out());
        } catch (Unanswered e) {
            unanswered(e, session.out());
        } catch (OutputClosed _) {
            return UNREAD;
        } catch (EOFException | SocketException | SocketTimeoutException e) {
            cut(e, session.out());
        } catch (UncheckedIOException e) {
            session.out().error(said(Objects.requireNonNull(e.getCause())), "", "");
        } catch (IOException e) {
            session.out().error(said(e), "", "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return INTERRUPTED;
        }
        return 1;
    }

    /// A word that is there and says nothing is a variable that a script has not set. It names no
    /// object, and must never be taken for all of them. What `exec` runs may have empty words: it
    /// is no list from the first place on.
    private static void refuseEmpty(CommandLine line, ParseResult typed) {
        for (PositionalParamSpec parameter : typed.matchedPositionals()) {
            boolean empty =
                    switch (parameter.<Object>getValue()) {
                        case String word -> word.isBlank();
                        case List<?> words -> parameter.index().min() == 0 && words.contains("");
                        case Object _ -> false;
                    };
            if (empty) {
                throw new ParameterException(line, parameter.paramLabel() + " is empty");
            }
        }
    }

    private static void unreachable(Unreachable e, Out out) {
        out.error(
                "no Drover server answers at " + e.address(),
                e.reason(),
                "start one with `drover agent --dev`, or say where it is with DROVER_ADDR or"
                        + " --address");
    }

    private static void unanswered(Unanswered e, Out out) {
        out.error(
                said(e),
                e.write() ? "what was asked may have been done, or not" : "",
                e.write()
                        ? "look with `drover status` or `drover get` before you ask again"
                        : "ask again; the server's own output may say what keeps it");
    }

    /// The server was stopped or killed, or something between here and there.
    private static void cut(IOException e, Out out) {
        out.error(
                "the answer ended before it was whole",
                said(e),
                "ask again once the server is back; what it has taken in goes on meanwhile");
    }

    /// A failure in words: what a file system says is often the name of a file and no more.
    public static String said(Exception e) {
        if (e instanceof FileSystemException file && file.getReason() == null) {
            return file.getFile() + ": " + words(e.getClass().getSimpleName());
        }
        return Optional.ofNullable(e.getMessage()).orElseGet(e::toString);
    }

    /// Nomad's users write long options with one dash. `-detach` is `--detach` where that is an
    /// option; what follows `--` is left alone.
    private static String[] dashes(CommandSpec spec, List<String> args) {
        var result = new ArrayList<String>(args.size());
        boolean literal = false;
        for (String arg : args) {
            literal |= arg.equals("--");
            result.add(!literal && isLongWithOneDash(spec, arg) ? "-" + arg : arg);
        }
        return result.toArray(String[]::new);
    }

    private static boolean isLongWithOneDash(CommandSpec spec, String arg) {
        if (arg.length() < 3 || arg.charAt(0) != '-' || arg.charAt(1) == '-') {
            return false;
        }
        String name = arg.contains("=") ? arg.substring(0, arg.indexOf('=')) : arg;
        return spec.optionsMap().containsKey("-" + name);
    }

    /// `AccessDeniedException`: access denied.
    private static String words(String exception) {
        return exception
                .replaceFirst("Exception$", "")
                .replaceAll("(?<=.)(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    /// The words before the first option.
    static List<String> words(List<String> args) {
        return args.stream().takeWhile(arg -> !arg.startsWith("-")).toList();
    }
}
