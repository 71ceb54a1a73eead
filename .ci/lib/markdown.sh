# Reads fenced blocks of a Markdown file. To be read with `source`.

# Prints the commands in the shell blocks of file $1, one a line; a command may go on after a backslash.
shell_commands() {
    awk '
        /^ *```/ { shell = !shell && /^ *```shell/; next }
        shell && sub(/ *\\$/, "") { begun = begun $0 " "; next }
        shell && NF { sub(/^ */, ""); print begun $0; begun = "" }
    ' "$1"
}

# Prints the only block of language $1 in file $2.
only_block() {
    awk -v fence="\`\`\`$1" '
        /^```/ { inside = !inside && $0 == fence; blocks += inside; next }
        inside
        END { if (blocks != 1) { print "error: not one block, but " blocks + 0 ": " fence > "/dev/stderr"; exit 1 } }
    ' "$2"
}

# Writes each Java block of file $1 as a source file of package com.example: into folder $2 what uses Spring,
# and into folder $3 what does not. Each is named like the class in it.
write_java_blocks() {
    awk -v spring="$2" -v plain="$3" '
        /^```/ && inside {
            if (!name) { print "error: no class in a Java block" > "/dev/stderr"; failed = 1; exit }
            file = (code ~ /import [a-z0-9.]*spring/ ? spring : plain) "/" name ".java"
            if (file in written) { print "error: two Java blocks with class " name > "/dev/stderr"; failed = 1; exit }
            written[file]
            printf "package com.example;\n\n%s", code > file
            close(file)
        }
        /^```/ { inside = !inside && /^```java$/; code = name = ""; next }
        inside { code = code $0 "\n" }
        inside && !name && /^(public )?(final )?(class|record|interface|enum) / {
            name = $0
            sub(/.*(class|record|interface|enum) /, "", name)
            sub(/[^A-Za-z0-9_].*/, "", name)
        }
        END { exit failed }
    ' "$1"
}
