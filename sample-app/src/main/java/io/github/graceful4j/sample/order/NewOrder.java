package io.github.graceful4j.sample.order;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as a client sends it.
 *
 * @param id the client's own name for the order, which lets it send the order again when it lost the answer; the
 *     service makes one up if absent
 * @param customer who orders
 * @param item what is ordered
 * @param quantity how many of it
 * @param amountCents what the order costs altogether
 */
record NewOrder(
        @Nullable @Pattern(regexp = "[A-Za-z0-9-]{1,64}") String id,
        @NotBlank @Size(max = 100) String customer,
        @NotBlank @Size(max = 100) String item,
        @Min(1) int quantity,
        @Positive @Max(1_000_000_000) long amountCents) {

    Order toOrder() {
        String orderId =
                Objects.requireNonNullElseGet(id, () -> UUID.randomUUID().toString());
        return new Order(orderId, customer, item, quantity, amountCents);
    }
}
