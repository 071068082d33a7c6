package dev.drover.node.hook;

import dev.drover.node.driver.TaskFolders;
import dev.drover.node.environment.NodeFacts;
import dev.drover.node.environment.TaskEnvironment;
import dev.drover.node.environment.TaskSubject;
import java.util.Map;
import java.util.TreeMap;

/// A task on its way to its start. Hooks return a richer one; nothing in it changes.
///
/// @param environment what the task's texts are filled with
/// @param added variables that hooks have added; they win over the task's own
public record TaskContext(
        TaskSubject subject,
        TaskFolders folders,
        TaskEnvironment environment,
        Map<String, String> added) {
    public TaskContext {
        added = Map.copyOf(added);
    }

    /// Of a task before its first hook.
    public static TaskContext of(TaskSubject subject, NodeFacts node, TaskFolders folders) {
        return new TaskContext(
                subject, folders, new TaskEnvironment(subject, node, folders), Map.of());
    }

    /// The same with more variables.
    public TaskContext adding(Map<String, String> variables) {
        Map<String, String> all = new TreeMap<>(added);
        all.putAll(variables);
        return new TaskContext(subject, folders, environment, all);
    }

    /// Every variable of the task.
    public Map<String, String> variables() {
        Map<String, String> all = new TreeMap<>(environment.variables());
        all.putAll(added);
        return all;
    }
}
