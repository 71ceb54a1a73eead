package io.github.graceful4j.spring.job;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Orders shutdown jobs by the bean graph, as Spring orders the destruction of beans: the jobs of a bean come before
 * those of the beans that it depends on, directly or through other beans. A job that names others itself is left to
 * that, and only jobs of the same phase have to be ordered.
 *
 * <p>Used by the thread that starts the context only, when all beans that have jobs are there.
 */
final class BeanOrder {

    private final ConfigurableListableBeanFactory beanFactory;
    private final Map<String, List<ShutdownJobDefinition>> byBean;

    BeanOrder(ConfigurableListableBeanFactory beanFactory, List<ShutdownJobDefinition> jobs) {
        this.beanFactory = beanFactory;
        this.byBean = jobs.stream()
                .collect(Collectors.groupingBy(
                        ShutdownJobDefinition::beanName, LinkedHashMap::new, Collectors.toList()));
    }

    /** Returns which jobs come after which for the sake of their beans alone. */
    Precedence precedence() {
        Precedence precedence = new Precedence();
        byBean.forEach((bean, jobs) -> jobs.stream()
                .filter(BeanOrder::isOrderedByBean)
                .collect(Collectors.groupingBy(ShutdownJobDefinition::phase))
                .forEach((phase, ofPhase) -> {
                    Set<String> earlier = jobsOfDependents(bean, phase);
                    ofPhase.forEach(job -> precedence.add(job.name(), earlier));
                }));
        return precedence;
    }

    private static boolean isOrderedByBean(ShutdownJobDefinition job) {
        return job.after().isEmpty();
    }

    /**
     * Returns the jobs of the nearest beans that depend on one. What is beyond a bean with jobs that are ordered by it
     * comes before these anyway.
     */
    private Set<String> jobsOfDependents(String bean, int phase) {
        Set<String> names = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>(Set.of(bean));
        Deque<String> open = new ArrayDeque<>(Set.of(bean));
        for (String next = open.poll(); next != null; next = open.poll()) {
            for (String dependent : beanFactory.getDependentBeans(next)) {
                if (!seen.add(dependent)) {
                    continue;
                }
                List<ShutdownJobDefinition> jobs = byBean.getOrDefault(dependent, List.of()).stream()
                        .filter(job -> job.phase() == phase)
                        .toList();
                jobs.forEach(job -> names.add(job.name()));
                if (jobs.stream().noneMatch(BeanOrder::isOrderedByBean)) {
                    open.add(dependent);
                }
            }
        }
        return names;
    }
}
