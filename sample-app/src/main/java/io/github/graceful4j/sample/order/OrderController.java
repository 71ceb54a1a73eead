package io.github.graceful4j.sample.order;

import jakarta.validation.Valid;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The service's HTTP side. */
@RestController
@RequestMapping("/orders")
class OrderController {

    private final OrderRepository orders;

    OrderController(OrderRepository orders) {
        this.orders = orders;
    }

    /**
     * Stores an order and answers 201. A client that lost the answer sends the same order again and gets 200; a
     * different order under an id already taken gets 409.
     */
    @PostMapping
    ResponseEntity<OrderReceipt> place(@Valid @RequestBody NewOrder newOrder) {
        Order order = newOrder.toOrder();
        OrderReceipt receipt = new OrderReceipt(order.id());
        if (orders.add(order)) {
            return ResponseEntity.status(HttpStatus.CREATED).body(receipt);
        }
        if (orders.find(order.id()).equals(Optional.of(order))) {
            return ResponseEntity.ok(receipt);
        }
        throw idTaken(order.id());
    }

    /** Answers how many orders wait and how many are settled. */
    @GetMapping("/summary")
    OrderSummary summary() {
        return orders.summary();
    }

    private static ErrorResponseException idTaken(String id) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.CONFLICT, "A different order '%s' is stored already.".formatted(id));
        return new ErrorResponseException(HttpStatus.CONFLICT, problem, null);
    }
}
