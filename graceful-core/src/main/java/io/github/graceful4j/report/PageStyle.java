package io.github.graceful4j.report;

/** The style sheet of pages. Part of the class, so that it is in memory before a shutdown begins. */
final class PageStyle {

    static final String CSS = """
            :root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--text:#1b2028;--muted:#566070;--line:#e1e5ea;\
            --tick:#e8ebef;--link:#1d5fbf;--deadline:#c4232f;--late:#fbe4e4;--drain:#c9d1db;--span:#8a95a4;\
            --completed:#2b8a63;--failed:#c62f3b;--interrupted:#b96a00;--abandoned:#7b3fa0;--timed-out:#b02a6f;\
            --skipped:#7a8490;--open:#2d6fd2}
            @media(prefers-color-scheme:dark){:root{--page:#12151a;--card:#1a1f26;--text:#e7eaee;--muted:#a0abb9;\
            --line:#2d343e;--tick:#29303a;--link:#8ab8ff;--deadline:#ff7b7b;--late:#3a2226;--drain:#46505d;\
            --span:#788494;--completed:#45bd86;--failed:#ff6f6f;--interrupted:#f0ae45;--abandoned:#c594ea;\
            --timed-out:#ff86bf;--skipped:#8b96a4;--open:#6ea8ff}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--page);color:var(--text);\
            font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
            main{max-width:72rem;margin:0 auto;padding:1.5rem 1.25rem 3rem}
            header{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 1.5rem;margin-bottom:.4rem}
            .brand{flex-basis:100%;margin:0;color:var(--muted);font-size:.8rem;letter-spacing:.04em}
            h1{display:flex;align-items:center;gap:.6rem;margin:.1rem 0 .4rem;font-size:1.7rem;line-height:1.25}
            h2{margin:0 0 .6rem;font-size:1.05rem}
            a{color:var(--link)}
            nav{display:flex;flex-wrap:wrap;gap:.3rem 1.25rem}
            :focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
            .dot{flex:none;width:.75em;height:.75em;border-radius:50%;background:currentColor}
            .completed{color:var(--completed)}.failed{color:var(--failed)}.interrupted{color:var(--interrupted)}
            .abandoned{color:var(--abandoned)}.timed-out{color:var(--timed-out)}.skipped{color:var(--skipped)}
            .waiting,.stopped{color:var(--skipped)}.active,.backing-off,.stopping{color:var(--open)}
            .reason,.note{margin:0 0 1rem;overflow-wrap:anywhere}
            .note{padding:.6rem .9rem;border-left:4px solid var(--abandoned);background:var(--card)}
            .key,dt{color:var(--muted);font-size:.85rem}
            .facts{display:flex;flex-wrap:wrap;gap:.75rem 2.25rem;margin:0 0 1rem}
            dd{margin:0;font-weight:600;font-variant-numeric:tabular-nums}
            .gauge{display:grid;gap:.3rem;margin:0 0 1.5rem}
            .gauge svg{display:block;width:100%;height:12px;border-radius:6px}
            .gauge p{margin:0;color:var(--muted);font-size:.85rem}
            .gauge .deadline{stroke:var(--page);stroke-width:4;stroke-dasharray:none}
            .gauge .room{fill:var(--line)}.gauge .used{fill:currentColor}
            section{margin:0 0 1.25rem;padding:1rem 1.1rem;background:var(--card);border:1px solid var(--line);\
            border-radius:10px}
            .blame ol{margin:0;padding:0;list-style:none}
            .blame li{display:flex;gap:.9rem;padding:.1rem 0}
            .blame b{flex:0 0 5.5rem;text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
            .blame a{overflow-wrap:anywhere}
            .definitions{position:absolute}
            .legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;margin:0 0 .8rem;padding:0;list-style:none;\
            color:var(--muted);font-size:.85rem}
            .swatch{width:14px;height:14px;margin-right:.4rem;vertical-align:-2px}
            .row{display:grid;grid-template-columns:minmax(0,19rem) minmax(0,1fr) 12.5rem;gap:0 1rem;\
            align-items:center;min-height:28px}
            .row .name{grid-area:1/1}.row .track{grid-area:1/2}.row .took{grid-area:1/3}
            .name{min-width:0;overflow-wrap:anywhere}
            .job .name{padding-left:1.1rem;position:relative}
            .track{display:block;width:100%;height:0;min-height:100%}
            .took{display:flex;gap:.6rem;align-items:center;font-size:.87rem;font-variant-numeric:tabular-nums}
            .status{flex:0 0 6.6rem;white-space:nowrap}
            .time{color:var(--muted);white-space:nowrap}
            .axis .took,.drain .took,.phase .took{color:var(--muted)}
            .axis{position:sticky;top:0;z-index:1;background:var(--card)}
            .axis text{fill:var(--muted);font-size:11.5px}
            .phase{border-top:1px solid var(--line)}
            .phase h3{margin:0;font-size:.92rem}
            .tick{stroke:var(--tick)}.now{stroke:var(--open);stroke-dasharray:2 3}
            .deadline{stroke:var(--deadline);stroke-width:2;stroke-dasharray:5 3}
            .late{fill:var(--late)}
            rect.drain{fill:var(--drain)}.span{fill:var(--span);height:4px;y:calc(50% - 2px)}
            .bar,pattern rect{fill:currentColor}.track .bar,rect.drain{height:14px;y:calc(50% - 7px)}
            pattern path{stroke:var(--card);stroke-width:1.6;fill:none}
            .bar.failed{fill:url(#pattern-failed)}.bar.interrupted{fill:url(#pattern-interrupted)}
            .bar.abandoned{fill:url(#pattern-abandoned)}.bar.timed-out{fill:url(#pattern-timed-out)}
            .bar.stopping{fill:url(#pattern-stopping)}
            .bar.waiting,.bar.stopped,.bar.skipped{fill:none;stroke:currentColor;stroke-width:2}
            .bar.tip{fill:currentColor}
            summary{cursor:pointer;list-style:none}summary::-webkit-details-marker{display:none}
            summary::before{content:"▸";margin-right:.5rem;color:var(--muted)}
            details[open]>summary::before{content:"▾"}
            summary.row::before,details[open]>summary.row::before{content:none}
            summary.row .name::before{content:"▸";position:absolute;left:.1rem;color:var(--muted)}
            details[open]>summary.row .name::before{content:"▾"}
            summary.row:hover,.job.row:hover{background:color-mix(in srgb,var(--line) 40%,transparent)}
            .job:target{box-shadow:inset 3px 0 var(--link)}
            .more{padding:.2rem 0 .8rem 1.1rem}.more p{margin:.4rem 0;overflow-wrap:anywhere}
            code,pre{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
            code{overflow-wrap:anywhere}
            pre{max-height:24rem;margin:.3rem 0;padding:.6rem .8rem;overflow:auto;background:var(--page);\
            border:1px solid var(--line);border-radius:6px}
            .errors details{padding:.25rem 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
            .errors h2+details{border-top:0}
            .omitted,.empty{margin:.3rem 0;color:var(--muted)}
            .scroll{overflow-x:auto}
            table{width:100%;margin-top:.6rem;border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9rem}
            caption{text-align:left;color:var(--muted)}
            th,td{padding:.3rem .9rem .3rem 0;text-align:left;vertical-align:top;border-top:1px solid var(--line)}
            tbody th{font-weight:500;overflow-wrap:anywhere;min-width:10rem}td{white-space:nowrap}
            @media(max-width:48rem){main{padding:1rem .75rem 2rem}section{padding:.8rem .75rem}
            h1{font-size:1.4rem}.facts{gap:.6rem 1.5rem}
            .row{grid-template-columns:minmax(0,1fr) auto;gap:0 .6rem}
            .row .name{grid-area:1/1}.row .took{grid-area:1/2}.row .track{grid-area:2/1/3/3;height:20px;min-height:0}.track .bar,rect.drain{height:10px;y:calc(50% - 5px)}
            .status{flex-basis:auto}.job{padding-top:.3rem}.job .name{font-size:.87rem;line-height:1.3}.row .track{margin-bottom:.1rem}
            .blame li{flex-wrap:wrap;gap:0 .9rem}.blame b{flex-basis:4.5rem}.blame a{flex:1 1 0}\
            .blame .key{flex-basis:100%;padding-left:5.4rem;line-height:1.3}}
            @media(max-width:48rem){.axis{position:static}}
            @media print{pre{max-height:none}.axis{position:static}}
            """;

    private PageStyle() {}
}
