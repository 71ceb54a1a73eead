package io.github.graceful4j.spring.job;

import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotationSelectors;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Finds the annotated methods of all beans, by their types, so that beans which nobody asked for yet are found too and
 * none is created for it. Used by the thread that starts the context only.
 */
public final class JobMethodFinder {

    private final ConfigurableListableBeanFactory beanFactory;
    private final AnnotatedTypes annotatedTypes;
    private final Map<Class<?>, Map<Method, List<Annotation>>> annotatedMethods = new HashMap<>();

    /**
     * Creates a finder.
     *
     * @param beanFactory has the beans
     * @param annotatedTypes what is known of the types of beans; used up by the search
     */
    public JobMethodFinder(ConfigurableListableBeanFactory beanFactory, AnnotatedTypes annotatedTypes) {
        this.beanFactory = beanFactory;
        this.annotatedTypes = annotatedTypes;
    }

    /** Returns the annotated methods of all beans. */
    public List<JobMethod> find() {
        List<JobMethod> found = new ArrayList<>();
        for (String beanName : beanFactory.getBeanDefinitionNames()) {
            addMethods(beanName, found);
        }
        for (String beanName : beanFactory.getSingletonNames()) {
            if (!beanFactory.containsBeanDefinition(beanName)) {
                addMethods(beanName, found); // registered by hand
            }
        }
        annotatedTypes.forget();
        return found;
    }

    private void addMethods(String beanName, List<JobMethod> found) {
        Class<?> type = ScopedProxyUtils.isScopedTarget(beanName) ? null : typeOf(beanName);
        if (type != null && annotatedTypes.contains(type)) {
            methodsOf(type)
                    .forEach((method, annotations) ->
                            annotations.forEach(annotation -> found.add(new JobMethod(beanName, method, annotation))));
        }
    }

    /** Many beans may be of one type, and each look at it is expensive. */
    private Map<Method, List<Annotation>> methodsOf(Class<?> type) {
        return annotatedMethods.computeIfAbsent(
                type, key -> MethodIntrospector.selectMethods(key, JobMethodFinder::annotationsOf));
    }

    /** The class of the bean where it exists, since its declared type may be an interface; else what is declared. */
    private @Nullable Class<?> typeOf(String beanName) {
        Object existing = beanFactory.getSingleton(beanName);
        if (existing != null && !(existing instanceof FactoryBean)) {
            return AopProxyUtils.ultimateTargetClass(existing);
        }
        String behindScopedProxy = ScopedProxyUtils.getTargetBeanName(beanName);
        return beanFactory.containsBeanDefinition(behindScopedProxy)
                ? typeOf(behindScopedProxy)
                : declaredType(beanName);
    }

    private @Nullable Class<?> declaredType(String beanName) {
        boolean isKnown = !isAbstract(beanName) && beanFactory.getType(beanName, false) != null;
        return isKnown ? AutoProxyUtils.determineTargetClass(beanFactory, beanName) : null;
    }

    private boolean isAbstract(String beanName) {
        return beanFactory.containsBeanDefinition(beanName)
                && beanFactory.getBeanDefinition(beanName).isAbstract();
    }

    private static @Nullable List<Annotation> annotationsOf(Method method) {
        MergedAnnotations all = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
        List<Annotation> annotations = new ArrayList<>(0);
        for (Class<? extends Annotation> type : List.of(RunningJob.class, ShutdownJob.class)) {
            MergedAnnotation<? extends Annotation> annotation =
                    all.get(type, null, MergedAnnotationSelectors.firstDirectlyDeclared());
            if (annotation.isPresent()) {
                annotations.add(annotation.synthesize());
            }
        }
        return annotations.isEmpty() ? null : annotations;
    }
}
