/**
 * Lets React take over when the first frame is on the screen: both at once share the processors, and on two of them what is
 * to be seen comes a fifth later. Next runs the scripts in `__next_s` (those of next/script that come first) one after the
 * other before it hydrates; here they begin with that frame, or after 500 ms without one, as in a tab behind others.
 */
export const firstFrameScript = `{const shown=new Promise(r=>{setTimeout(r,500);\
new PerformanceObserver(r).observe({type:"paint",buffered:true})}),\
list=self.__next_s=[[,{children:""}]],reduce=list.reduce.bind(list);\
list.reduce=(...run)=>shown.then(()=>reduce(...run))}`;
