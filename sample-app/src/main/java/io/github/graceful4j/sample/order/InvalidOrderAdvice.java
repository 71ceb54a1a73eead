package io.github.graceful4j.sample.order;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/**
 * Answers a bad order with a problem detail (RFC 9457) whose {@code errors} name each field and what is wrong with it.
 */
@RestControllerAdvice
class InvalidOrderAdvice extends ResponseEntityExceptionHandler {

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Map<String, String> errors = new TreeMap<>();
        for (FieldError error : invalid.getFieldErrors()) {
            errors.merge(error.getField(), String.valueOf(error.getDefaultMessage()), "%s; %s"::formatted);
        }
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, "The order is not valid.");
        problem.setProperty("errors", errors);
        return handleExceptionInternal(invalid, problem, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, "The order is not readable JSON.");
        String field = unreadable.getCause() instanceof JacksonException cause ? field(cause) : null;
        if (field != null) {
            problem.setDetail("The order is not valid.");
            problem.setProperty("errors", Map.of(field, "must be of the right type"));
        }
        return handleExceptionInternal(unreadable, problem, headers, status, request);
    }

    /** Returns the field Jackson was reading, or {@code null} if it did not get as far as one. */
    private static @Nullable String field(JacksonException unreadable) {
        return unreadable.getPath().isEmpty()
                ? null
                : unreadable.getPath().get(0).getPropertyName();
    }
}
