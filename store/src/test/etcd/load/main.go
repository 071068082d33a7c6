// Puts values of 1 KB from many callers at once, each waiting for its answer; prints puts a second.
//
// load ADDRESS CALLERS COUNT
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
)

func main() {
	callers, _ := strconv.Atoi(os.Args[2])
	count, _ := strconv.Atoi(os.Args[3])
	clients := make([]*clientv3.Client, 16) // connections, so that one of them is not the limit
	for i := range clients {
		client, err := clientv3.New(clientv3.Config{Endpoints: []string{os.Args[1]}, DialTimeout: 10 * time.Second})
		if err != nil {
			panic(err)
		}
		clients[i] = client
	}
	value := string(make([]byte, 1024))
	put := func(caller, i int) {
		key := fmt.Sprintf("/jobs/default/job-%d", caller*1000+i%100)
		if _, err := clients[caller%len(clients)].Put(context.Background(), key, value); err != nil {
			panic(err)
		}
	}
	for i := 0; i < 200; i++ {
		put(0, i) // warms up
	}
	var all sync.WaitGroup
	begin := time.Now()
	for caller := 0; caller < callers; caller++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for i := 0; i < count/callers; i++ {
				put(caller, i)
			}
		}()
	}
	all.Wait()
	fmt.Println(float64(count/callers*callers) / time.Since(begin).Seconds())
}
