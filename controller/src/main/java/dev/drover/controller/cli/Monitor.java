package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Job;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Tells the story of a job in somebody's terminal until it ends.
public final class Monitor {
    /// The exit code that scripts written for Nomad expect of a job without room.
    private static final int WAITS = 2;

    private final Client client;
    private final Out out;
    private final InstantSource clock;

    /// Follows jobs on a server.
    public Monitor(Client client, Out out, InstantSource clock) {
        this.client = client;
        this.out = out;
        this.clock = clock;
    }

    /// Follows a job from the moment it was written; returns the exit code. The job goes on whether
    /// or not somebody follows it.
    ///
    /// @param before its allocations before that, which are not news
    public int follow(Job written, List<Allocation> before)
            throws IOException, InterruptedException {
        String evaluation = written.status().evaluation().orElse("");
        heading(
                evaluation.isEmpty()
                        ? "Following job \"" + written.metadata().name() + "\""
                        : "Monitoring evaluation \"" + Ids.brief(evaluation) + "\"");
        try (var follower = new Follower(client, written, before)) {
            return ended(tell(written, follower, Story.begin(evaluation, before)));
        }
    }

    private Ending tell(Job written, Follower follower, Story begin)
            throws IOException, InterruptedException {
        Story story = begin;
        while (true) {
            follower.await();
            Sight sight = follower.sight();
            Story.Part part = story.next(sight);
            part.lines().forEach(this::line);
            story = part.rest();
            Optional<Ending> overtaken = Ending.overtaken(written, sight);
            if (overtaken.isPresent()) {
                return overtaken.get();
            }
            Optional<Ending> ending = Ending.of(sight);
            if (ending.isPresent() && story.settled(sight)) {
                return ending.get();
            }
        }
    }

    private int ended(Ending ending) {
        heading(ending.sentence());
        return switch (ending) {
            case Ending.Done _ -> 0;
            case Ending.Failed _ -> 1;
            case Ending.Waits _ -> WAITS;
        };
    }

    private void line(Story.Line line) {
        if (line.heading()) {
            heading(line.text());
        } else {
            out.line("    " + Times.stamp(clock.instant()) + ": " + line.text());
        }
    }

    private void heading(String text) {
        out.title("==> " + Times.stamp(clock.instant()) + ": " + text);
    }
}
