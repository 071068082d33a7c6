package dev.drover.reconcilers.cluster;

import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.model.TaskState;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// What tasks tell, taken apart: what happened is the same for most copies of a group, only when it
/// happened is each one's own.
///
/// ```text
/// times = (second 8 | nanosecond 4)*     task by task: started, finished, events; absent ones are left out
/// ```
final class TaskTimes {
    private static final byte[] NONE = {};

    private TaskTimes() {}

    /// The same tasks as if all had happened at once.
    static Map<String, TaskState> timeless(Map<String, TaskState> tasks) {
        return timed(tasks, _ -> Instant.EPOCH);
    }

    /// When it happened.
    static byte[] of(Map<String, TaskState> tasks) {
        if (tasks.isEmpty()) {
            return NONE;
        }
        ByteBuffer times = ByteBuffer.allocate(count(tasks) * (Long.BYTES + Integer.BYTES));
        timed(
                tasks,
                time -> {
                    times.putLong(time.getEpochSecond()).putInt(time.getNano());
                    return time;
                });
        return times.array();
    }

    /// What was taken apart.
    static Map<String, TaskState> joined(Map<String, TaskState> timeless, byte[] times) {
        ByteBuffer from = ByteBuffer.wrap(times);
        return timed(timeless, _ -> Instant.ofEpochSecond(from.getLong(), from.getInt()));
    }

    private static int count(Map<String, TaskState> tasks) {
        int count = 0;
        for (TaskState task : tasks.values()) {
            count += task.started().isPresent() ? 1 : 0;
            count += task.finished().isPresent() ? 1 : 0;
            count += task.events().size();
        }
        return count;
    }

    private static Map<String, TaskState> timed(
            Map<String, TaskState> tasks, UnaryOperator<Instant> time) {
        Map<String, TaskState> timed = new TreeMap<>();
        tasks.forEach((name, task) -> timed.put(name, timed(task, time)));
        return timed;
    }

    /// In the order of the components, which is that of the times.
    private static TaskState timed(TaskState task, UnaryOperator<Instant> time) {
        return new TaskState(
                task.phase(),
                task.failed(),
                task.restarts(),
                task.exit(),
                task.started().map(time),
                task.finished().map(time),
                timed(task.events(), time));
    }

    private static List<TaskEvent> timed(List<TaskEvent> events, UnaryOperator<Instant> time) {
        return events.stream()
                .map(event ->
                        new TaskEvent(time.apply(event.time()), event.type(), event.message()))
                .toList();
    }
}
