package dev.drover.node.payload;

import dev.drover.node.beneath.Destination;
import dev.drover.node.beneath.Staging;
import dev.drover.node.hook.TaskContext;
import dev.drover.node.hook.TaskHook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/// Writes the payload of a dispatch into the file that the task's `dispatch_payload` names, beneath
/// its `local/`. Before artifacts and templates, which may read it.
public final class PayloadHook implements TaskHook {
    private static final String TREE = "tree";

    @Override
    public Optional<Announcement> announce(TaskContext task) {
        return file(task)
                .map(file ->
                        new Announcement(
                                "Task Setup",
                                "Writing the dispatch payload to local/" + file,
                                "Failed Dispatch Payload"));
    }

    /// Where the payload belongs; empty when there is none, or the task does not ask for it.
    private static Optional<String> file(TaskContext task) {
        return task.subject().job().spec().payload().isEmpty()
                ? Optional.empty()
                : task.subject().task().dispatchPayload().flatMap(wish -> wish.file());
    }

    @Override
    public TaskContext prepare(TaskContext task) throws IOException {
        Optional<String> file = file(task);
        if (file.isPresent()) {
            String path = "local/" + task.environment().fill(file.get());
            switch (Destination.of(path, task.folders(), task.variables())) {
                case Destination.Outside(String why) ->
                        throw new IOException("dispatch_payload: " + why);
                case Destination.Beneath place -> write(place, content(task));
            }
        }
        return task;
    }

    private static byte[] content(TaskContext task) throws IOException {
        try {
            return Base64.getDecoder().decode(task.subject().job().spec().payload().orElseThrow());
        } catch (IllegalArgumentException e) {
            throw new IOException("the payload is not in Base64", e);
        }
    }

    private static void write(Destination.Beneath place, byte[] content) throws IOException {
        try (Staging staging = Staging.within(place.root())) {
            Path file = staging.folder().resolve(TREE).resolve(place.relative());
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.write(file, content);
            staging.moveIn(TREE);
        }
    }

    /// It is beneath the task's folder, and goes with it.
    @Override
    public void undo(TaskContext task) {}
}
