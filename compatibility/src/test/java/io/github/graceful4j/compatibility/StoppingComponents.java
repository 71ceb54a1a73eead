package io.github.graceful4j.compatibility;

import jakarta.jms.JMSException;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.amqp.rabbit.annotation.EnableRabbit;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.jms.annotation.EnableJms;
import org.springframework.jms.annotation.JmsListener;
import org.springframework.jms.config.DefaultJmsListenerContainerFactory;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;

/**
 * What services tend to have, beside a web server and a database: with the phases that they come with. There is no
 * server at the port that clients are sent to; they start and stop all the same.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableKafka
@EnableRabbit
@EnableJms
class StoppingComponents {

    private static final int NOBODY = 1;

    @Bean
    static Destructions destructions() {
        return new Destructions();
    }

    @Bean
    Listeners listeners() {
        return new Listeners();
    }

    @Bean
    ThreadPoolTaskExecutor applicationTaskExecutor() {
        return new ThreadPoolTaskExecutor();
    }

    @Bean
    ThreadPoolTaskScheduler taskScheduler() {
        return new ThreadPoolTaskScheduler();
    }

    @Bean
    SimpleAsyncTaskScheduler simpleTaskScheduler() {
        return new SimpleAsyncTaskScheduler();
    }

    @Bean
    SimpleAsyncTaskExecutor simpleTaskExecutor() {
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
        executor.setTaskTerminationTimeout(1_000); // only then is there anything that its destruction does
        return executor;
    }

    @Bean
    SchedulerFactoryBean quartzScheduler() {
        return new SchedulerFactoryBean();
    }

    @Bean
    LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource dataSource) {
        LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(dataSource);
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.setPackagesToScan("no.entities");
        return factory;
    }

    @Bean
    ConsumerFactory<String, String> kafkaConsumerFactory() {
        return new DefaultKafkaConsumerFactory<>(kafka(), new StringDeserializer(), new StringDeserializer());
    }

    @Bean
    ProducerFactory<String, String> kafkaProducerFactory() {
        return new DefaultKafkaProducerFactory<>(kafka(), new StringSerializer(), new StringSerializer());
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<String, String> kafkaListenerContainerFactory(
            ConsumerFactory<String, String> consumers) {
        ConcurrentKafkaListenerContainerFactory<String, String> factory =
                new ConcurrentKafkaListenerContainerFactory<>();
        factory.setConsumerFactory(consumers);
        return factory;
    }

    private static Map<String, Object> kafka() {
        return Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "localhost:" + NOBODY,
                CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 500L);
    }

    @Bean
    org.springframework.amqp.rabbit.connection.CachingConnectionFactory rabbitConnectionFactory() {
        return new org.springframework.amqp.rabbit.connection.CachingConnectionFactory("localhost", NOBODY);
    }

    @Bean
    SimpleRabbitListenerContainerFactory rabbitListenerContainerFactory(
            org.springframework.amqp.rabbit.connection.ConnectionFactory connections) {
        SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory();
        factory.setConnectionFactory(connections);
        factory.setMissingQueuesFatal(false);
        factory.setRecoveryInterval(100L);
        return factory;
    }

    /** Stopped only if it has a connection; this one looks for its server all the time. */
    @Bean
    org.springframework.jms.connection.CachingConnectionFactory jmsConnectionFactory() throws JMSException {
        org.springframework.jms.connection.CachingConnectionFactory factory =
                new org.springframework.jms.connection.CachingConnectionFactory(
                        new ActiveMQConnectionFactory("failover:(tcp://localhost:" + NOBODY + ")"));
        factory.createConnection();
        return factory;
    }

    @Bean
    DefaultJmsListenerContainerFactory jmsListenerContainerFactory() {
        DefaultJmsListenerContainerFactory factory = new DefaultJmsListenerContainerFactory();
        factory.setConnectionFactory(new ActiveMQConnectionFactory("tcp://localhost:" + NOBODY));
        factory.setRecoveryInterval(100L);
        return factory;
    }

    @Bean
    LettuceConnectionFactory redisConnectionFactory() {
        return new LettuceConnectionFactory(new RedisStandaloneConfiguration("localhost", NOBODY));
    }

    @Bean
    RedisMessageListenerContainer redisMessageListenerContainer(RedisConnectionFactory connections) {
        RedisMessageListenerContainer container = new RedisMessageListenerContainer();
        container.setConnectionFactory(connections);
        return container;
    }

    /** Listens where nobody is. */
    static class Listeners {

        @KafkaListener(topics = "orders", groupId = "settlement")
        void onRecord(String order) {}

        @RabbitListener(queues = "orders")
        void onMessage(String order) {}

        @JmsListener(destination = "orders")
        void onJmsMessage(String order) {}

        @Scheduled(fixedDelay = 3_600_000)
        void tidyUp() {}
    }
}
