package dev.drover.reconcilers.loop;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Supplier;

/// The Kubernetes client that the Operator SDK thinks it has: the few methods it calls, answered
/// from the view. Anything else throws, so that a new version of the SDK shows what it wants.
///
/// JDK proxies, because the interfaces have hundreds of methods.
final class TypedClient {
    private TypedClient() {}

    /// A client whose informers are made by these.
    static KubernetesClient of(
            Map<Class<? extends HasMetadata>, Supplier<SharedIndexInformer<?>>> informers) {
        Config config = new ConfigBuilder(Config.empty()).withNamespace("default").build();
        KubernetesSerialization serialization = new KubernetesSerialization();
        return proxy(
                KubernetesClient.class,
                (self, method, arguments) ->
                        switch (method.getName()) {
                            case "resources" -> operation(informer(informers, arguments[0]));
                            case "getConfiguration" -> config;
                            case "getKubernetesSerialization" -> serialization;
                            case "close" -> self;
                            default -> throw unknown(method);
                        });
    }

    private static Supplier<SharedIndexInformer<?>> informer(
            Map<Class<? extends HasMetadata>, Supplier<SharedIndexInformer<?>>> informers,
            Object type) {
        Supplier<SharedIndexInformer<?>> informer = informers.get(type);
        if (informer == null) {
            throw new UnsupportedOperationException("no informer of " + type);
        }
        return informer;
    }

    private static Object operation(Supplier<SharedIndexInformer<?>> informer) {
        return proxy(
                MixedOperation.class,
                (self, method, _) ->
                        switch (method.getName()) {
                            case "inAnyNamespace",
                                    "inNamespace",
                                    "withLabelSelector",
                                    "withLimit",
                                    "withField",
                                    "withoutField" ->
                                    self;
                            case "runnableInformer" -> informer.get();
                            default -> throw unknown(method);
                        });
    }

    private static <I> I proxy(Class<I> type, InvocationHandler answers) {
        InvocationHandler handler =
                (self, method, arguments) ->
                        switch (method.getName()) {
                            case "toString" -> type.getSimpleName() + " over the store";
                            case "hashCode" -> System.identityHashCode(self);
                            default -> answers.invoke(self, method, arguments);
                        };
        return type.cast(
                Proxy.newProxyInstance(
                        TypedClient.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static UnsupportedOperationException unknown(Method method) {
        return new UnsupportedOperationException(
                "the Operator SDK calls " + method + ", which the typed client does not answer");
    }
}
