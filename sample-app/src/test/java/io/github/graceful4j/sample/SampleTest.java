package io.github.graceful4j.sample;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;

/** A test on the whole application, without its jobs, so that nothing happens but what the test does. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@AutoConfigureMockMvc
@SpringBootTest(
        properties = {
            "graceful.enabled=false",
            "sample.directory=target/sample-test/${random.uuid}",
            "spring.datasource.url=jdbc:h2:mem:orders"
        })
public @interface SampleTest {}
