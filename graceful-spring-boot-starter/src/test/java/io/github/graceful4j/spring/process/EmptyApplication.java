package io.github.graceful4j.spring.process;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * An application with nothing in it, or nothing but scheduling. Prints after "> " what its start cost, how many classes
 * its close loaded, and the names of the threads that are not the JVM's.
 */
final class EmptyApplication {

    private EmptyApplication() {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Empty {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableScheduling
    static class Scheduling {}

    public static void main(String[] args) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SpringApplication application =
                new SpringApplication(Boolean.getBoolean("scheduling") ? Scheduling.class : Empty.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        ConfigurableApplicationContext context = application.run(args);
        System.out.println("> bytes "
                + (threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - bytes));
        System.out.println("> classes " + loadedClasses());
        Thread.getAllStackTraces().keySet().forEach(thread -> System.out.println("> thread " + thread.getName()));
        long before = loadedClasses();
        context.close();
        System.out.println("> classes of the close " + (loadedClasses() - before));
    }

    private static long loadedClasses() {
        return ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
    }
}
