package io.github.graceful4j.sample.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.sample.SampleTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@SampleTest
class OrderControllerTests {

    private static final String GOOD_ORDER = """
            {"id": "o-1", "customer": "Ada", "item": "apple", "quantity": 3, "amountCents": 135}""";

    private final MockMvcTester http;

    private final JdbcClient jdbc;

    @Autowired
    OrderControllerTests(MockMvcTester http, JdbcClient jdbc) {
        this.http = http;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void deleteOrders() {
        jdbc.sql("delete from settlements").update();
        jdbc.sql("delete from orders").update();
    }

    @Test
    @DisplayName("a good order is stored and its id answered")
    void storesGoodOrder() {
        MvcTestResult answer = post(GOOD_ORDER);

        assertThat(answer)
                .hasStatus(HttpStatus.CREATED)
                .bodyJson()
                .extractingPath("id")
                .isEqualTo("o-1");
        assertThat(storedOrders()).isOne();
    }

    @Test
    @DisplayName("an order without an id gets one")
    void makesUpId() {
        MvcTestResult answer = post("""
                     {"customer": "Ada", "item": "apple", "quantity": 3, "amountCents": 135}""");

        assertThat(answer)
                .hasStatus(HttpStatus.CREATED)
                .bodyJson()
                .extractingPath("id")
                .asString()
                .isNotBlank();
        assertThat(storedOrders()).isOne();
    }

    @Test
    @DisplayName("an order sent again is stored once")
    void storesRepeatedOrderOnce() {
        post(GOOD_ORDER);

        MvcTestResult answer = post(GOOD_ORDER);

        assertThat(answer)
                .hasStatus(HttpStatus.OK)
                .bodyJson()
                .extractingPath("id")
                .isEqualTo("o-1");
        assertThat(storedOrders()).isOne();
    }

    @Test
    @DisplayName("another order under the same id is a conflict")
    void refusesOtherOrderOfSameId() {
        post(GOOD_ORDER);

        MvcTestResult answer = post(GOOD_ORDER.replace("apple", "pear"));

        assertThat(answer)
                .hasStatus(HttpStatus.CONFLICT)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .extractingPath("detail")
                .isEqualTo("A different order 'o-1' is stored already.");
        assertThat(storedOrders()).isOne();
    }

    @ParameterizedTest(name = "{1} = {2}")
    @DisplayName("a bad field is named in a problem detail, and nothing is stored")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"o-1\"  | id          | \"\"",
                "\"o-1\"  | id          | \"o 1\"",
                "\"Ada\"  | customer    | \" \"",
                "\"Ada\"  | customer    | {\"name\": \"Ada\"}",
                "\"apple\"| item        | \"  \"",
                "\"apple\"| item        | null",
                "3        | quantity    | 0",
                "3        | quantity    | -1",
                "3        | quantity    | 1.5",
                "3        | quantity    | \"three\"",
                "3        | quantity    | null",
                "135      | amountCents | 0",
                "135      | amountCents | -135",
                "135      | amountCents | null",
                "135      | amountCents | 1e99"
            })
    void namesBadField(String good, String field, String bad) {
        String order = GOOD_ORDER.replace("\"%s\": %s".formatted(field, good), "\"%s\": %s".formatted(field, bad));

        MvcTestResult answer = post(order);

        assertThat(order).isNotEqualTo(GOOD_ORDER);
        assertThat(answer).hasStatus(HttpStatus.BAD_REQUEST).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().extractingPath("errors").asMap().containsOnlyKeys(field);
        assertThat(storedOrders()).isZero();
    }

    @Test
    @DisplayName("all bad and missing fields are named at once")
    void namesAllBadFields() {
        MvcTestResult answer = post("{\"item\": \" \"}");

        assertThat(answer).hasStatus(HttpStatus.BAD_REQUEST).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer)
                .bodyJson()
                .extractingPath("errors")
                .asMap()
                .containsOnlyKeys("customer", "item", "quantity", "amountCents");
        assertThat(storedOrders()).isZero();
    }

    @ParameterizedTest
    @DisplayName("what is no JSON object is refused with a problem detail")
    @ValueSource(strings = {"{\"customer\":", "order", "[]", "\"order\"", "null", ""})
    void refusesUnreadableOrder(String order) {
        MvcTestResult answer = post(order);

        assertThat(answer)
                .hasStatus(HttpStatus.BAD_REQUEST)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .extractingPath("detail")
                .isEqualTo("The order is not readable JSON.");
        assertThat(storedOrders()).isZero();
    }

    @Test
    @DisplayName("the summary counts orders by state")
    void summarizesOrders() {
        post(GOOD_ORDER);
        post(GOOD_ORDER.replace("o-1", "o-2"));
        post(GOOD_ORDER.replace("o-1", "o-3"));
        jdbc.sql("update orders set settled = true where id = 'o-2'").update();

        MvcTestResult answer = http.get().uri("/orders/summary").exchange();

        assertThat(answer).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                        {
                          "waiting": {"orders": 2, "amountCents": 270},
                          "settled": {"orders": 1, "amountCents": 135},
                          "total": {"orders": 3, "amountCents": 405}
                        }""");
    }

    private MvcTestResult post(String order) {
        return http.post()
                .uri("/orders")
                .contentType(MediaType.APPLICATION_JSON)
                .content(order)
                .exchange();
    }

    private long storedOrders() {
        return jdbc.sql("select count(*) from orders").query(Long.class).single();
    }
}
