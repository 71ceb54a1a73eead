package io.github.graceful4j.spring.job;

import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Finds the annotated methods of all beans, by their types, so that beans which nobody asked for yet are found too and
 * none is created for it. Used by the thread that starts the context only.
 */
final class JobMethodFinder {

    private static final List<Class<? extends Annotation>> ANNOTATIONS = List.of(RunningJob.class, ShutdownJob.class);

    private final ConfigurableListableBeanFactory beanFactory;
    private final Set<Class<?>> typesWithout = new HashSet<>();

    JobMethodFinder(ConfigurableListableBeanFactory beanFactory) {
        this.beanFactory = beanFactory;
    }

    List<JobMethod> find() {
        List<JobMethod> found = new ArrayList<>();
        for (String beanName : beanFactory.getBeanNamesForType(Object.class, true, false)) {
            if (!ScopedProxyUtils.isScopedTarget(beanName)) {
                addMethods(beanName, found);
            }
        }
        return found;
    }

    private void addMethods(String beanName, List<JobMethod> found) {
        Class<?> type = typeOf(behindScopedProxy(beanName));
        if (type == null || typesWithout.contains(type)) {
            return;
        }
        if (!AnnotationUtils.isCandidateClass(type, ANNOTATIONS)) {
            typesWithout.add(type);
            return;
        }
        Map<Method, List<Annotation>> methods = MethodIntrospector.selectMethods(type, JobMethodFinder::annotationsOf);
        if (methods.isEmpty()) {
            typesWithout.add(type);
        }
        methods.forEach((method, annotations) ->
                annotations.forEach(annotation -> found.add(new JobMethod(beanName, method, annotation))));
    }

    private String behindScopedProxy(String beanName) {
        String target = ScopedProxyUtils.getTargetBeanName(beanName);
        return beanFactory.containsBeanDefinition(target) ? target : beanName;
    }

    /** The class of the bean where it exists, since its declared type may be an interface; else what is declared. */
    private @Nullable Class<?> typeOf(String beanName) {
        Object existing = beanFactory.getSingleton(beanName);
        if (existing != null && !beanFactory.isFactoryBean(beanName)) {
            return AopProxyUtils.ultimateTargetClass(existing);
        }
        return AutoProxyUtils.determineTargetClass(beanFactory, beanName);
    }

    private static @Nullable List<Annotation> annotationsOf(Method method) {
        Map<Class<?>, Annotation> annotations = new LinkedHashMap<>();
        for (Class<? extends Annotation> type : ANNOTATIONS) {
            Annotation annotation = AnnotatedElementUtils.findMergedAnnotation(method, type);
            if (annotation != null) {
                annotations.put(type, annotation);
            }
        }
        return annotations.isEmpty() ? null : List.copyOf(annotations.values());
    }
}
