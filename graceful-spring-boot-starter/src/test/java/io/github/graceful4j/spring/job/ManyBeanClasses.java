package io.github.graceful4j.spring.job;

import java.util.List;
import java.util.stream.IntStream;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;

/** Makes classes such as services are, each a new one to all caches of reflection. */
final class ManyBeanClasses extends ClassLoader {

    private static final String PACKAGE = "com/example/";
    private static final String OBJECT = "java/lang/Object";
    private static final List<String> METHODS =
            List.of("findAll", "findById", "save", "delete", "count", "handle", "validate", "publish");

    private ManyBeanClasses() {
        super(ManyBeanClasses.class.getClassLoader());
    }

    static List<Class<?>> make(int count) {
        ManyBeanClasses loader = new ManyBeanClasses();
        return IntStream.range(0, count)
                .<Class<?>>mapToObj(number -> loader.make("Service" + number))
                .toList();
    }

    private Class<?> make(String name) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, PACKAGE + name, null, OBJECT, new String[0]);
        MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, "<init>", "()V", false);
        returnFrom(constructor);
        METHODS.forEach(method -> returnFrom(writer.visitMethod(Opcodes.ACC_PUBLIC, method, "()V", null, null)));
        writer.visitEnd();
        byte[] bytes = writer.toByteArray();
        return defineClass(null, bytes, 0, bytes.length);
    }

    private static void returnFrom(MethodVisitor method) {
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(1, 1);
        method.visitEnd();
    }
}
