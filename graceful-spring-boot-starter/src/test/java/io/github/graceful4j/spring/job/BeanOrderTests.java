package io.github.graceful4j.spring.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.spring.ShutdownJob;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Lazy;

@Timeout(60)
class BeanOrderTests {

    private static final List<String> EVENTS = Collections.synchronizedList(new ArrayList<>());

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(GracefulAutoConfiguration.class))
            .withAllowBeanDefinitionOverriding(false);

    private List<String> eventsOf(Class<?>... configurations) {
        EVENTS.clear();
        contextRunner
                .withUserConfiguration(configurations)
                .run(context -> assertThat(context).hasNotFailed());
        return List.copyOf(EVENTS);
    }

    @Test
    @DisplayName("S6: the jobs of a service run before those of its repository, and these before the data source's")
    void jobsFollowTheBeanGraph() {
        assertThat(eventsOf(Chain.class)).containsExactly("service", "repository", "data source");
    }

    @Test
    @DisplayName("S6: an unrelated bean's job runs in parallel with the first of the chain")
    void unrelatedBeansRunInParallel() throws InterruptedException {
        CountDownLatch unrelatedStarted = new CountDownLatch(1);
        CountDownLatch serviceStarted = new CountDownLatch(1);

        contextRunner
                .withUserConfiguration(Chain.class)
                .withBean("meeting", Meeting.class, () -> new Meeting("service", serviceStarted, unrelatedStarted))
                .withBean("other", Meeting.class, () -> new Meeting("other", unrelatedStarted, serviceStarted))
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(unrelatedStarted.getCount()).isZero();
        assertThat(serviceStarted.getCount()).isZero();
    }

    @Test
    @DisplayName("S6: the chain goes through beans without jobs, factory beans, lazy beans and proxies")
    void orderGoesThroughAllKindsOfBeans() {
        assertThat(eventsOf(Indirect.class)).containsExactly("service", "data source");
        assertThat(eventsOf(ByFactoryBean.class)).containsExactly("service", "data source");
        assertThat(eventsOf(LazyChain.class)).containsExactly("service", "repository", "data source");
        assertThat(eventsOf(Chain.class, CglibProxies.class)).containsExactly("service", "repository", "data source");
        assertThat(eventsOf(InterfaceChain.class, JdkProxies.class)).containsExactly("first", "second");
    }

    @Test
    @DisplayName("S6: @DependsOn counts as a dependency")
    void dependsOnCounts() {
        assertThat(eventsOf(Depending.class)).containsExactly("dependent", "data source");
    }

    @Test
    @DisplayName("S6: a job that names others itself is left to that, even against the bean graph")
    void explicitOrderWins() {
        assertThat(eventsOf(Explicit.class)).containsExactly("data source", "service");
    }

    @Test
    @DisplayName("S6: what depends on a bean through one whose jobs name others still comes before it")
    void explicitOrderInTheMiddleHidesNothing() {
        assertThat(eventsOf(ExplicitInTheMiddle.class)).containsSubsequence("service", "data source");
    }

    @Test
    @DisplayName("S6: beans that depend on each other can be closed in some order, and start")
    void circleOfBeans() {
        contextRunner
                .withPropertyValues("spring.main.allow-circular-references=true")
                .withInitializer(context ->
                        ((DefaultListableBeanFactory) context.getBeanFactory()).setAllowCircularReferences(true))
                .withBean("hen", Hen.class)
                .withBean("egg", Egg.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    @DisplayName("S6: phases come before the bean graph")
    void phasesComeFirst() {
        assertThat(eventsOf(Phases.class)).containsExactly("data source", "service");
    }

    @Test
    @DisplayName("S6: a manager that has been started gets jobs in an order that it accepts")
    void startedManager() {
        EVENTS.clear();
        contextRunner.withUserConfiguration(Chain.class, StartedManager.class).run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(GracefulManager.class).close();
        });

        assertThat(EVENTS).containsExactly("service", "repository", "data source");
    }

    static class DataSource {

        @ShutdownJob
        public void flush() {
            EVENTS.add("data source");
        }
    }

    static class Repository {

        @SuppressWarnings("unused")
        Repository(DataSource dataSource) {}

        /** What a proxy is made with. */
        Repository() {}

        @ShutdownJob
        public void flush() {
            EVENTS.add("repository");
        }
    }

    static class Service {

        @SuppressWarnings("unused")
        Service(Repository repository) {}

        /** What a proxy is made with. */
        Service() {}

        @ShutdownJob
        public void flush() {
            EVENTS.add("service");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Chain {

        @Bean
        DataSource a() {
            return new DataSource();
        }

        @Bean
        Service b(Repository repository) {
            return new Service(repository);
        }

        @Bean
        Repository c(DataSource dataSource) {
            return new Repository(dataSource);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyChain {

        @Bean
        @Lazy
        DataSource a() {
            return new DataSource();
        }

        @Bean
        @Lazy
        Service b(Repository repository) {
            return new Service(repository);
        }

        @Bean
        @Lazy
        Repository c(DataSource dataSource) {
            return new Repository(dataSource);
        }
    }

    /** Starts only when its counterpart does. */
    record Meeting(String name, CountDownLatch started, CountDownLatch other) {

        @ShutdownJob
        void meet() throws InterruptedException {
            started.countDown();
            other.await();
        }
    }

    static class Last {

        @ShutdownJob
        public void flush() {
            EVENTS.add("service");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Indirect {

        @Bean
        DataSource a() {
            return new DataSource();
        }

        @Bean
        Last last(StringBuilder template) {
            assertThat(template).isNotNull();
            return new Last();
        }

        @Bean
        StringBuilder template(List<DataSource> dataSources) {
            return new StringBuilder(dataSources.size());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ByFactoryBean {

        @Bean
        FactoryBean<DataSource> a() {
            return new FactoryBean<>() {

                @Override
                public DataSource getObject() {
                    return new DataSource();
                }

                @Override
                public Class<?> getObjectType() {
                    return DataSource.class;
                }
            };
        }

        @Bean
        Last last(DataSource dataSource) {
            assertThat(dataSource).isNotNull();
            return new Last();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class CglibProxies {

        @Bean
        static BeanPostProcessor proxies() {
            return proxying(true);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class JdkProxies {

        @Bean
        static BeanPostProcessor proxies() {
            return proxying(false);
        }
    }

    private static BeanPostProcessor proxying(boolean byClass) {
        return new BeanPostProcessor() {

            @Override
            public Object postProcessAfterInitialization(Object bean, String beanName) {
                if (!bean.getClass().getName().startsWith(BeanOrderTests.class.getName())) {
                    return bean;
                }
                ProxyFactory factory = new ProxyFactory(bean);
                factory.setProxyTargetClass(byClass);
                return factory.getProxy();
            }
        };
    }

    /** Its method has a name that Spring does not take for that of a destroy method. */
    interface Closing {

        @ShutdownJob
        void end();
    }

    @Configuration(proxyBeanMethods = false)
    static class InterfaceChain {

        @Bean
        Closing second() {
            return () -> EVENTS.add("second");
        }

        @Bean
        Closing first(Closing second) {
            assertThat(second).isNotNull();
            return () -> EVENTS.add("first");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Depending {

        @Bean
        DataSource a() {
            return new DataSource();
        }

        @Bean
        @DependsOn("a")
        Closing dependent() {
            return () -> EVENTS.add("dependent");
        }
    }

    static class ServiceAfterDataSource {

        @ShutdownJob(after = "a.flush")
        void flush() {
            EVENTS.add("service");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Explicit {

        @Bean
        DataSource a() {
            return new DataSource();
        }

        @Bean
        ServiceAfterDataSource b(DataSource dataSource) {
            assertThat(dataSource).isNotNull();
            return new ServiceAfterDataSource();
        }
    }

    static class AfterAudit {

        @ShutdownJob(after = "audit.flush")
        void flush() {
            EVENTS.add("middle");
        }
    }

    static class Audit {

        @ShutdownJob
        void flush() {
            EVENTS.add("audit");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ExplicitInTheMiddle {

        @Bean
        Audit audit() {
            return new Audit();
        }

        @Bean
        DataSource a() {
            return new DataSource();
        }

        @Bean
        AfterAudit middle(DataSource dataSource) {
            assertThat(dataSource).isNotNull();
            return new AfterAudit();
        }

        @Bean
        Last last(AfterAudit middle) {
            assertThat(middle).isNotNull();
            return new Last();
        }
    }

    static class Hen {

        private final ObjectProvider<Egg> eggs;

        Hen(ObjectProvider<Egg> eggs) {
            this.eggs = eggs;
        }

        @Autowired
        void setEgg(Egg egg) {
            assertThat(egg).isNotNull();
        }

        @ShutdownJob
        void flush() {
            assertThat(eggs.getObject()).isNotNull();
        }
    }

    static class Egg {

        @Autowired
        void setHen(Hen hen) {
            assertThat(hen).isNotNull();
        }

        @ShutdownJob
        void flush() {
            EVENTS.add("egg");
        }
    }

    static class EarlyDataSource {

        @ShutdownJob(phase = "1000000000")
        void flush() {
            EVENTS.add("data source");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Phases {

        @Bean
        EarlyDataSource a() {
            return new EarlyDataSource();
        }

        @Bean
        Last last(EarlyDataSource dataSource) {
            assertThat(dataSource).isNotNull();
            return new Last();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class StartedManager {

        @Bean(destroyMethod = "")
        GracefulManager manager() {
            return GracefulManager.builder().signals(false).build();
        }
    }
}
